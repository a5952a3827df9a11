// Substitutes variables as Flux's kustomize-controller does after a build: the object is printed by sigs.k8s.io/yaml,
// its text goes through Flux's own envsubst in strict mode, and what comes out is read again. A task with a text has
// that alone substituted; one without values has the object printed. The modules are those of kustomize-controller
// 1.9.4 (Flux 2.9.5), whose envsubst panics on a negative length of a substring: an error of the reconciliation.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/envsubst"
	"sigs.k8s.io/yaml"
)

type task struct {
	Object json.RawMessage   `json:"object"`
	Text   *string           `json:"text"`
	Values map[string]string `json:"values"`
}

type answer struct {
	Object json.RawMessage `json:"object,omitempty"`
	Error  string          `json:"error,omitempty"`
}

func substitute(t task) (result json.RawMessage, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			result, err = nil, fmt.Errorf("%v", panicked)
		}
	}()
	lookup := func(name string) (string, bool) {
		value, exists := t.Values[name]
		return value, exists
	}
	if t.Text != nil {
		output, err := envsubst.Eval(*t.Text, lookup)
		if err != nil {
			return nil, err
		}
		return json.Marshal(output)
	}
	text, err := yaml.JSONToYAML(t.Object)
	if err != nil {
		return nil, err
	}
	if t.Values == nil {
		return json.Marshal(string(text))
	}
	output, err := envsubst.Eval(string(text), lookup)
	if err != nil {
		return nil, err
	}
	return yaml.YAMLToJSON([]byte(output))
}

func main() {
	var tasks []task
	if err := json.NewDecoder(os.Stdin).Decode(&tasks); err != nil {
		panic(err)
	}
	answers := make([]answer, len(tasks))
	for i, t := range tasks {
		object, err := substitute(t)
		if err != nil {
			answers[i].Error = err.Error()
		} else {
			answers[i].Object = object
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
