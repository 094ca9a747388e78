package remote

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote/cache"
)

// policyFor is how long the policy is believed without asking again.
const policyFor = 5 * time.Minute

// defaultRetention is how long answers are kept while no policy has ever been seen.
const defaultRetention = 30 * 24 * time.Hour

// known is the policy as it was last seen.
type known struct {
	mu     sync.Mutex
	policy json.RawMessage
	at     time.Time
}

// Names of what is remembered for nobody in particular.
const (
	namePolicy = "policy"
	nameTerms  = "terms/"
)

// nobody keeps what everybody may see.
func (p *Portal) nobody() *cache.Person { return p.cache.Person("") }

// Policy gives the rules and words of the lender, as they were last seen while the service cannot be reached: it is
// looked for again, but nobody waits for that.
func (p *Portal) Policy(ctx context.Context) (services.Policy, error) {
	p.known.mu.Lock()
	raw, age := p.known.policy, p.options.Clock.Now().Sub(p.known.at)
	p.known.mu.Unlock()
	if raw == nil || age < 0 || age >= policyFor {
		if raw == nil {
			raw, _, _ = p.nobody().Recall(ctx, namePolicy)
		}
		if online, _ := p.Online(); online || raw == nil {
			fresh, err := p.ask(ctx)
			if err != nil && raw == nil {
				return services.Policy{}, err
			}
			if err == nil {
				raw = fresh
			}
		}
	}
	var policy api.Policy
	if err := json.Unmarshal(raw, &policy); err != nil {
		return services.Policy{}, services.Internal(errors.New("remote: the policy is not of the contract"))
	}
	return policy.Domain(), nil
}

// ask reads the policy from the service and remembers it.
func (p *Portal) ask(ctx context.Context) (json.RawMessage, error) {
	var raw json.RawMessage
	if err := p.do(ctx, get(api.PathPolicy, &raw)); err != nil {
		return nil, err
	}
	p.known.mu.Lock()
	changed := string(p.known.policy) != string(raw)
	p.known.policy, p.known.at = raw, p.options.Clock.Now()
	p.known.mu.Unlock()
	if changed {
		p.rememberPublic(ctx, namePolicy, raw)
	}
	return raw, nil
}

// publicFor is how long what everybody may see is kept without the service.
const publicFor = 365 * 24 * time.Hour

func (p *Portal) rememberPublic(ctx context.Context, name string, raw json.RawMessage) {
	if err := p.nobody().Remember(ctx, name, raw, p.options.Clock.Now().Add(publicFor)); err != nil {
		p.options.Log.Warn("an answer is not remembered", "error", err)
	}
}

// Terms gives the terms of use in a language.
func (p *Portal) Terms(ctx context.Context, language string) (services.Terms, error) {
	var raw json.RawMessage
	c := get(api.PathTerms, &raw)
	c.query = map[string]string{"lang": language}
	err := p.do(ctx, c)
	if err == nil {
		p.rememberPublic(ctx, nameTerms+language, raw)
	} else if raw, _, _ = p.nobody().Recall(ctx, nameTerms+language); raw == nil || services.CodeOf(err) != services.CodeUnavailable {
		return services.Terms{}, err
	}
	var terms api.Terms
	if err := json.Unmarshal(raw, &terms); err != nil {
		return services.Terms{}, services.Internal(errors.New("remote: the terms are not of the contract"))
	}
	return services.Terms(terms), nil
}

// Captcha gives a new proof-of-work challenge.
func (p *Portal) Captcha(ctx context.Context) (services.Captcha, error) {
	var challenge api.Captcha
	err := p.do(ctx, get(api.PathCaptcha, &challenge))
	return services.Captcha(challenge), err
}

// retention is how long what was seen stays on this machine.
func (p *Portal) retention(ctx context.Context) time.Duration {
	if policy, err := p.Policy(ctx); err == nil && policy.Retention > 0 {
		return policy.Retention
	}
	return defaultRetention
}
