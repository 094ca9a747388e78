package nav

import (
	"math"
	"strconv"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
)

// ChartWords are those of a picture of what value writes, which is on its axis as well.
func ChartWords(p *text.Printer, name, summary string, value func(float64) string) kit.ChartWords {
	return kit.ChartWords{
		Name: name, Summary: summary, Table: p.T("nav.chart.table"), Picture: p.T("nav.chart.picture"), Value: value, Axis: value, Date: p.Date,
		Tick: func(first civil.Date, yearly bool) string {
			if yearly {
				return strconv.Itoa(first.Year)
			}
			return p.Month(first)
		},
	}
}

// MoneyWords are those of a picture of amounts of a currency, as Drawn places them: its figures are exact to the cent.
func MoneyWords(p *text.Printer, name, summary, code string) kit.ChartWords {
	amount := func(value float64, write func(services.Money) string) string {
		exact, err := currency.NewAmountFromInt64(int64(math.Round(value*100)), code)
		if err != nil {
			return p.T("text.not_available")
		}
		return write(exact)
	}
	words := ChartWords(p, name, summary, func(value float64) string { return amount(value, p.Money) })
	words.Axis = func(value float64) string { return amount(value, p.MoneyShort) }
	return words
}

// Drawn is an amount as high as it is drawn; NaN, which is not drawn, for the zero Money.
func Drawn(m services.Money) float64 {
	value, err := strconv.ParseFloat(m.Number(), 64)
	if err != nil || m.CurrencyCode() == "" {
		return math.NaN()
	}
	return value
}
