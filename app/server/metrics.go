package main

import "github.com/prometheus/client_golang/prometheus"

// poolMetrics are what Prometheus may read of the database's connections.
type poolMetrics struct{ data database }

// What is known of a pool.
var (
	poolMost   = poolDesc("connections_max", "Connections that the pool may hold; 0 for any number.")
	poolNow    = poolDesc("connections", "Connections that the pool holds.", "state")
	poolWaits  = poolDesc("waits_total", "How often somebody waited for a connection.")
	poolWaited = poolDesc("wait_seconds_total", "For how long, in all.")
)

func poolDesc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("portal_database_"+name, help, append([]string{"pool"}, labels...), nil)
}

// Describe names them.
func (m poolMetrics) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(m, to) }

// Collect reads them.
func (m poolMetrics) Collect(to chan<- prometheus.Metric) {
	gauge, counter := prometheus.GaugeValue, prometheus.CounterValue
	for _, p := range m.data.Pools() {
		to <- prometheus.MustNewConstMetric(poolMost, gauge, float64(p.Most), p.Name)
		to <- prometheus.MustNewConstMetric(poolNow, gauge, float64(p.InUse), p.Name, "in use")
		to <- prometheus.MustNewConstMetric(poolNow, gauge, float64(p.Idle), p.Name, "idle")
		to <- prometheus.MustNewConstMetric(poolWaits, counter, float64(p.Waits), p.Name)
		to <- prometheus.MustNewConstMetric(poolWaited, counter, p.Waited.Seconds(), p.Name)
	}
}
