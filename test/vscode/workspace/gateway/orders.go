package gateway

import (
	"encoding/json"
	"net/http"
)

type createOrderRequest struct {
	CustomerID string   `json:"customerId"`
	ProductIDs []string `json:"productIds"`
}

func (s *Server) handleGetOrder(w http.ResponseWriter, r *http.Request) {
	order, err := s.orders.Find(r.Context(), r.PathValue("id"))
	if err != nil {
		respondError(w, http.StatusNotFound, err)
		return
	}
	respondJSON(w, http.StatusOK, order)
}

func (s *Server) handleCreateOrder(w http.ResponseWriter, r *http.Request) {
	var request createOrderRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		respondError(w, http.StatusBadRequest, err)
		return
	}
	order, err := s.orders.Create(r.Context(), request.CustomerID, request.ProductIDs)
	if err != nil {
		respondError(w, http.StatusInternalServerError, err)
		return
	}
	respondJSON(w, http.StatusCreated, order)
}
