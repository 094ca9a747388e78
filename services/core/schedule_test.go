package core_test

import (
	"strings"
	"testing"

	"myaccount/services"
)

// planned is the schedule of the one agreement of a line.
func planned(t *testing.T, data string) []services.Installment {
	t.Helper()
	h := newHarness(t)
	a := of(t, h, data)
	list, err := h.signIn(alice).(services.CustomerSession).Schedule(t.Context(), a.ID)
	if services.CodeOf(err) == services.CodeDeviceUnauthorized {
		s := h.customer(alice)
		_, err = s.SendCode(t.Context())
		must(t, err)
		must(t, enter(t, s, h.code(alice)))
		list, err = s.(services.CustomerSession).Schedule(t.Context(), a.ID)
	}
	must(t, err)
	return list
}

func TestSchedule_FiguresThatAgree(t *testing.T) {
	list := planned(t, line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""))
	if len(list) != 12 {
		t.Fatalf("%d installments", len(list))
	}
	for n, want := range map[int]string{ // 10,000 at half a percent a month
		0:  "2026-02-01 810.66 50.00 860.66 9189.34 true",
		1:  "2026-03-01 814.71 45.95 860.66 8374.63 true",
		2:  "2026-04-01 818.79 41.87 860.66 7555.84 false",
		11: "2027-01-01 856.42 4.28 860.70 0.00 false", // takes what the rounding left
	} {
		i := list[n]
		got := strings.Join([]string{i.Due.String(), figure(i.Principal), figure(i.Interest), figure(i.Total), figure(i.Balance), yes(i.Paid)}, " ")
		if got != want {
			t.Errorf("installment %d: %s, want %s", n+1, got, want)
		}
	}
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// What was posted is not what the schedule has: then what is still to be paid is not known, and nothing is shown.
func TestSchedule_FiguresThatDoNotAgree(t *testing.T) {
	regular := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")
	for name, data := range map[string]string{
		"other parts":           line([2]string{"800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""),
		"terms that do not fit": strings.Replace(regular, `"base":"860.66","tax":"0.00","total":"860.66"`, `"base":"10.00","tax":"0.00","total":"10.00"`, 1),
		"closed before its end": strings.Replace(regular, `"payments":`, `"closed_on":"2026-03-05","payments":`, 1),
	} {
		if list := planned(t, data); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// The tax of an installment that is not the level one follows it.
func TestSchedule_TaxOfTheLast(t *testing.T) {
	data := strings.Replace(line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""),
		`"base":"860.66","tax":"0.00","total":"860.66"`, `"base":"860.66","tax":"111.89","total":"972.55"`, 1)
	data = strings.Replace(data, `"payments":`, `"taxes":[{"name":"HST","rate":"13"}],"payments":`, 1)
	list := planned(t, data)
	if len(list) != 12 || figure(list[10].Tax) != "111.89" || figure(list[11].Tax) != "111.89" || figure(list[11].Total) != "972.59" {
		t.Errorf("%+v", list)
	}
}
