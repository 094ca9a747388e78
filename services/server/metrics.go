package server

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"myaccount/services/core"
)

// metrics are what Prometheus may read. The labels are routes, methods and statuses: nothing of a person.
type metrics struct {
	requests *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// outboxWait is how long counting the outbox may hold up whoever reads the metrics.
const outboxWait = 2 * time.Second

func newMetrics(registry *prometheus.Registry, portal *core.Core, version string) (*metrics, error) {
	m := &metrics{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "portal_http_request_duration_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "portal_http_requests_in_flight", Help: "Requests that are being answered, streams of events included.",
		}),
	}
	outbox := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "portal_outbox_mails", Help: "Mails that wait to be sent.",
	}, func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), outboxWait)
		defer cancel()
		n, err := portal.MailsWaiting(ctx)
		if err != nil {
			return math.NaN()
		}
		return float64(n)
	})
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "portal_build_info", Help: "The program.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	}, func() float64 { return 1 })
	return m, errors.Join(
		registry.Register(m.requests), registry.Register(m.inFlight), registry.Register(outbox), registry.Register(build))
}

// observe notes a request that was answered.
func (m *metrics) observe(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}
