package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"

	"github.com/google/uuid"

	"myaccount/services/api"
)

// operation is what is measured.
type operation struct {
	name    string
	status  int                   // of the answer
	target  float64               // the least ratio of throughput to the floor's; 0 for none
	most    int                   // connections
	request func(p person) []byte // as it goes over the wire
}

// operations are what the portal does most. More people than eight who sign in at once are told to come back, on a
// machine with two cores: there is nothing to compare.
var operations = []operation{
	{"list of 50", http.StatusOK, 0.7, 64, func(p person) []byte { return request(http.MethodGet, api.PathThreads, p.token, "", nil) }},
	{"single read", http.StatusOK, 0.7, 64, func(p person) []byte {
		return request(http.MethodGet, api.PathThreads+"/"+p.thread, p.token, "", nil)
	}},
	{"message create", http.StatusCreated, 0.6, 64, func(p person) []byte {
		message := api.NewThread{Topic: "payment", AgreementID: p.agreement, Body: body}
		return request(http.MethodPost, api.PathThreads, p.token, "Idempotency-Key: "+uuid.NewString()+"\r\n", message)
	}},
	{"sign-in", http.StatusCreated, 0, 8, func(p person) []byte {
		header := fmt.Sprintf("X-Forwarded-For: 10.%d.%d.%d\r\n", rand.N(256), rand.N(256), rand.N(256))
		return request(http.MethodPost, api.PathSessions, "", header, map[string]any{
			"email": p.email, "password": password, "device": map[string]string{"name": "Computer", "kind": "personal"},
		})
	}},
}

// request writes a request of HTTP/1.1.
func request(method, path, token, header string, content any) []byte {
	out := fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: portal.example\r\nAccept: application/json\r\n%s", method, path, header)
	if token != "" {
		out = fmt.Appendf(out, "Authorization: Bearer %s\r\n", token)
	}
	if content == nil {
		return append(out, "\r\n"...)
	}
	data, err := json.Marshal(content)
	if err != nil {
		panic(err) // of the values above
	}
	return fmt.Appendf(out, "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(data), data)
}
