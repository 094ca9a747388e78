package vin

import (
	"errors"
	"strconv"
	"strings"
)

// Describe writes what a number says, as "BMW M, built in Germany, model year
// 2024", leaving out what is unknown; it is empty when nothing is known. t is
// the T of a printer of services/text.
func Describe[V ~map[string]any](info Info, t func(key string, vars ...V) string) string {
	var parts []string
	if info.Line != "" {
		parts = append(parts, info.Line)
	}
	if info.Country != "" {
		parts = append(parts, t("vin.built."+info.Country))
	}
	if info.Year != 0 {
		parts = append(parts, t("vin.year", V{"Year": strconv.Itoa(info.Year)}))
	}
	return strings.Join(parts, ", ")
}

// Explain writes what is wrong with a number, for an error of Check. It is
// empty for nil and for errors of others. t is the T of a printer of
// services/text.
func Explain[V ~map[string]any](err error, t func(key string, vars ...V) string) string {
	if wrong, ok := errors.AsType[ErrCharacter](err); ok {
		vars := V{"Character": string(wrong.Rune), "Position": wrong.Position}
		if digit := wrong.LooksLike(); digit != 0 {
			vars["Digit"] = string(digit)
			return t("vin.problem.lookalike", vars)
		}
		return t("vin.problem.character", vars)
	}
	if wrong, ok := errors.AsType[ErrLength](err); ok {
		return t("vin.problem.length", V{"Count": wrong.Have})
	}
	return ""
}
