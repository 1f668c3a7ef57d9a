// Asks a decider for one decision, and prints it or what is wrong with the request.
//
//	go run . ADDRESS FACTS.json
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	deciderv1 "github.com/refund-decider/decider/gen/go/decider/v1"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run . ADDRESS FACTS.json")
		os.Exit(2)
	}
	if err := evaluate(os.Args[1], os.Args[2]); err != nil {
		explain(err)
		os.Exit(1)
	}
}

func evaluate(address, file string) error {
	facts, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	request := &deciderv1.EvaluateRefundRequest{}
	if err := protojson.Unmarshal(facts, request); err != nil {
		return err
	}
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	response, err := deciderv1.NewDecisionServiceClient(connection).EvaluateRefund(ctx, request)
	if err != nil {
		return err
	}
	decision := response.GetDecision()
	fmt.Println(decision.GetVerdict(), decision.GetAmount().GetAmountMinor(), decision.GetAmount().GetCurrencyCode())
	for _, line := range decision.GetBreakdown() {
		fmt.Printf("%6d  %s  (%s)\n", line.GetAmount().GetAmountMinor(), line.GetDescription(), line.GetClauseId())
	}
	return nil
}

func explain(err error) {
	failure := status.Convert(err)
	fmt.Fprintf(os.Stderr, "%s: %s\n", failure.Code(), failure.Message())
	for _, detail := range failure.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			fmt.Fprintln(os.Stderr, "reason:", detail.GetReason())
		case *errdetails.BadRequest:
			for _, violation := range detail.GetFieldViolations() {
				fmt.Fprintf(os.Stderr, "  %s: %s\n", violation.GetField(), violation.GetDescription())
			}
		}
	}
}
