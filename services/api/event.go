package api

// Event is the data of a server-sent event; its kind is the event's type and its sequence number the event's id.
type Event struct {
	ID string `json:"id,omitempty" doc:"What it is about"`
}
