package remote

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/text"
)

// queryMax is how many characters of a search are looked for, as at the service.
const queryMax = 200

// Search finds the person's own threads; while the service cannot be reached, among those that were read on this
// machine.
func (s *customerSession) Search(ctx context.Context, q string, limit int) ([]services.Hit, error) {
	var list api.List[api.Hit]
	c := get(api.PathSearch, &list)
	c.query = map[string]string{"q": q}
	if limit > 0 {
		c.query["limit"] = strconv.Itoa(min(limit, pageMost))
	}
	err := s.do(ctx, c)
	if err == nil {
		return api.HitsFrom(list), nil
	}
	page, ok := recall(ctx, s, nameThreads, err, threadsFrom)
	if !ok {
		return nil, err
	}
	if utf8.RuneCountInString(q) > queryMax {
		return nil, services.Invalid("q", services.ReasonTooLong)
	}
	if limit <= 0 || limit > pageMost {
		limit = pageMost
	}
	s.dropOldThreads(&page)
	hits := []services.Hit{}
	words := strings.Fields(text.Fold(q))
	for _, summary := range page.Items {
		if hit, found := s.searchThread(ctx, summary, words, err); found && len(hits) < limit {
			hits = append(hits, hit)
		}
	}
	return hits, nil
}

// searchThread looks for words in a thread as it was last read: its latest message that has all of them, with the
// reference, the topic and the names of its files.
func (s *customerSession) searchThread(
	ctx context.Context, summary services.ThreadSummary, words []string, unreachable error,
) (services.Hit, bool) {
	thread, ok := recall(ctx, s, nameThread+summary.ID, unreachable, threadFrom)
	s.dropOldMessages(&thread)
	policy, err := s.portal.Policy(ctx)
	if !ok || err != nil || len(words) == 0 {
		return services.Hit{}, false
	}
	for _, m := range slices.Backward(thread.Messages) {
		parts := []string{summary.Reference, m.Body}
		for _, language := range policy.Languages {
			parts = append(parts, policy.TopicName(summary.Topic, language))
		}
		for _, file := range m.Attachments {
			parts = append(parts, file.Name)
		}
		folded := text.Fold(strings.Join(parts, "\n"))
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(folded, word) }) {
			return services.Hit{Thread: summary, Excerpt: summary.Excerpt, At: m.SentAt}, true
		}
	}
	return services.Hit{}, false
}
