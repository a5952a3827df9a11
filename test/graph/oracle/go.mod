module cdk8s-flux/test/graph/oracle

go 1.26.0

require (
	github.com/fluxcd/pkg/envsubst v1.7.0
	github.com/go-task/slim-sprig/v3 v3.0.0
	sigs.k8s.io/yaml v1.6.0
)

require go.yaml.in/yaml/v2 v2.4.4 // indirect
