// Substitutes variables as Flux's kustomize-controller does after a build: the object is printed by sigs.k8s.io/yaml,
// its text goes through Flux's own envsubst in strict mode, and what comes out is read again. A task with a text has
// that alone substituted; one without values has the object printed. The modules are those of kustomize-controller
// 1.9.4 (Flux 2.9.5), whose envsubst panics on a negative length of a substring: an error of the reconciliation. A task
// with inputs fills the object as the Flux operator fills a template of a ResourceSet.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"

	"github.com/fluxcd/pkg/envsubst"
	sprig "github.com/go-task/slim-sprig/v3"
	"sigs.k8s.io/yaml"
)

type task struct {
	Object json.RawMessage   `json:"object"`
	Text   *string           `json:"text"`
	Values map[string]string `json:"values"`
	Inputs map[string]any    `json:"inputs"`
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
	if t.Inputs != nil {
		return fill(string(text), t.Inputs)
	}
	if t.Values == nil {
		return json.Marshal(string(text))
	}
	output, err := envsubst.Eval(string(text), lookup)
	if err != nil {
		return nil, err
	}
	result, err = yaml.YAMLToJSON([]byte(output))
	if err != nil {
		return nil, err
	}
	// The controller prints the objects once more.
	printed, err := yaml.JSONToYAML(result)
	if err != nil {
		return nil, err
	}
	return yaml.YAMLToJSON(printed)
}

// Fills a template with the functions of the operator, without slugify and toYaml.
func fill(text string, inputs map[string]any) (json.RawMessage, error) {
	functions := template.FuncMap{"inputs": func() any { return inputs }}
	parsed, err := template.New("").Delims("<<", ">>").
		Funcs(sprig.HermeticTxtFuncMap()).Funcs(functions).Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, err
	}
	var output strings.Builder
	if err := parsed.Execute(&output, nil); err != nil {
		return nil, err
	}
	return yaml.YAMLToJSON([]byte(output.String()))
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
