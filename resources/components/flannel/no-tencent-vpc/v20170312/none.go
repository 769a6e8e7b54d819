// Package v20170312 stands in for Tencent's client of its VPC API, a large module that flannel's backend "tencent-vpc" needs to compile and that
// not every module proxy has. The backend is there and refuses: no lab of Patchbay runs in that cloud.
package v20170312

import "errors"

var errAbsent = errors.New("this flannel is built without the client of Tencent's VPC")

// Client has the methods that flannel calls; each one fails.
type Client struct{}

// NewClientWithSecretId succeeds, because flannel does not look at its error.
func NewClientWithSecretId(_, _, _ string) (*Client, error) { return &Client{}, nil }

// Filter is one condition of a request.
type Filter struct {
	Name   *string
	Values []*string
}

// Route is one line of a route table.
type Route struct {
	RouteId              *uint64
	DestinationCidrBlock *string
	GatewayType          *string
	GatewayId            *string
	RouteType            *string
	Enabled              *bool
}

// RouteTable is what DescribeRouteTables would list.
type RouteTable struct {
	RouteTableId *string
	RouteSet     []*Route
}

// DescribeRouteTablesRequest asks for route tables.
type DescribeRouteTablesRequest struct{ Filters []*Filter }

// DescribeRouteTablesResponse would hold them.
type DescribeRouteTablesResponse struct {
	Response struct{ RouteTableSet []*RouteTable }
}

// NewDescribeRouteTablesRequest makes an empty request.
func NewDescribeRouteTablesRequest() *DescribeRouteTablesRequest {
	return &DescribeRouteTablesRequest{}
}

// DescribeRouteTables fails.
func (*Client) DescribeRouteTables(*DescribeRouteTablesRequest) (*DescribeRouteTablesResponse, error) {
	return nil, errAbsent
}

// RoutesRequest asks for routes to be made or removed.
type RoutesRequest struct {
	RouteTableId *string
	Routes       []*Route
}

// NewCreateRoutesRequest makes an empty request.
func NewCreateRoutesRequest() *RoutesRequest { return &RoutesRequest{} }

// NewDeleteRoutesRequest makes an empty request.
func NewDeleteRoutesRequest() *RoutesRequest { return &RoutesRequest{} }

// CreateRoutes fails.
func (*Client) CreateRoutes(*RoutesRequest) (*struct{}, error) { return nil, errAbsent }

// DeleteRoutes fails.
func (*Client) DeleteRoutes(*RoutesRequest) (*struct{}, error) { return nil, errAbsent }
