package api

// PasswordReset is a new password with the token that allows it.
type PasswordReset struct {
	Token    string `json:"token,omitempty" doc:"Of the mail"`
	Password string `json:"password,omitempty"`
}
