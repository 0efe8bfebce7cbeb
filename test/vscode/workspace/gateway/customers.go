package gateway

import "net/http"

func (s *Server) handleGetCustomer(w http.ResponseWriter, r *http.Request) {
	customer, err := s.customers.Find(r.Context(), r.PathValue("id"))
	if err != nil {
		return
	}
	respondJSON(w, http.StatusOK, customer)
}
