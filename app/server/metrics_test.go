package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"myaccount/services/store/postgres/pgtest"
)

// TestMetrics_Pools: what Prometheus reads tells how the connections of either engine are used.
func TestMetrics_Pools(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args  []string
		lines []string
	}{
		"SQLite": {nil, []string{
			`portal_database_connections_max{pool="writer"} 1`, `portal_database_connections{pool="reader",state="idle"} `,
			`portal_database_waits_total{pool="writer"} `, `portal_database_wait_seconds_total{pool="reader"} `,
		}},
		"PostgreSQL": {[]string{"--database", pgtest.Empty(t) + "&pool_max_conns=7"}, []string{
			`portal_database_connections_max{pool="all"} 7`, `portal_database_connections{pool="all",state="in use"} `,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := serves(t, nil, append([]string{"--http", "--data", t.TempDir()}, test.args...)...)
			answer, err := s.client.Get(s.url + "metrics")
			must(t, err)
			page, err := io.ReadAll(answer.Body)
			must(t, err)
			must(t, answer.Body.Close())
			for _, line := range test.lines {
				if answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "\n"+line) {
					t.Errorf("%d without %s", answer.StatusCode, line)
				}
			}
			s.stop()
		})
	}
}
