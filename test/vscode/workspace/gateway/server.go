package gateway

import (
	"context"
	"net/http"
)

type Order struct {
	ID           string `json:"id"`
	TotalInCents int    `json:"totalInCents"`
}

type Customer struct {
	ID    string `json:"id"`
	Email string `json:"email"`
}

type OrderStore interface {
	Find(ctx context.Context, id string) (Order, error)
	Create(ctx context.Context, customerID string, productIDs []string) (Order, error)
}

type CustomerStore interface {
	Find(ctx context.Context, id string) (Customer, error)
}

type Server struct {
	orders    OrderStore
	customers CustomerStore
}

func (s *Server) Routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", s.handleGetOrder)
	mux.HandleFunc("POST /orders", s.handleCreateOrder)
	mux.HandleFunc("GET /customers/{id}", s.handleGetCustomer)
	return mux
}
