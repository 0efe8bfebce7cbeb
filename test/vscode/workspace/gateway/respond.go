package gateway

import (
	"encoding/json"
	"net/http"
)

// respondJSON writes value as the body of an answer with the given status.
func respondJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// respondError tells the caller what went wrong, in one sentence.
func respondError(w http.ResponseWriter, status int, err error) {
	respondJSON(w, status, map[string]string{"error": err.Error()})
}
