package api

// Profile is what a person decides about themselves. What is left out stays as it is.
type Profile struct {
	Language      string         `json:"language,omitempty" doc:"Of mails: en or fr"`
	Notifications *Notifications `json:"notifications,omitempty" doc:"What to tell; there is none before an agreement is linked"`
}

// Password is a password that is shown once more.
type Password struct {
	Password string `json:"password,omitempty"`
}
