// Reads and rewrites YAML with the libraries that Flux and Kubernetes use, for the tests of the printer and the parser.
//
// It takes one JSON object on standard input and answers with one on standard output:
//
//	{"read": ["a: 1\n"], "rewrite": [{"text": "...", "setters": {"flux-system:podinfo": "image:2"}}], "plain": ["0777"]}
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	yamlv3 "gopkg.in/yaml.v3"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	sigsyaml "sigs.k8s.io/yaml"
)

type question struct {
	Read    []string  `json:"read"`
	Rewrite []rewrite `json:"rewrite"`
	Plain   []string  `json:"plain"`
}

type rewrite struct {
	Text    string            `json:"text"`
	Setters map[string]string `json:"setters"`
}

// reading is what each library makes of one document, as JSON, or why it refuses.
type reading struct {
	Sigs  json.RawMessage `json:"sigs"`
	V3    json.RawMessage `json:"v3"`
	Kyaml json.RawMessage `json:"kyaml"`
}

type answer struct {
	Read    []reading `json:"read"`
	Rewrite []string  `json:"rewrite"`
	Plain   []scalar  `json:"plain"`
}

// scalar is what an unquoted text means: its short tag, and its value as sops hashes it.
type scalar struct {
	Tag  string `json:"tag"`
	Text string `json:"text"`
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	said := answer{Read: []reading{}, Rewrite: []string{}, Plain: []scalar{}}
	for _, text := range asked.Read {
		said.Read = append(said.Read, reading{Sigs: guarded(text, bySigs), V3: guarded(text, byV3), Kyaml: guarded(text, byKyaml)})
	}
	for _, task := range asked.Rewrite {
		text, err := rewritten(task)
		if err != nil {
			text = "error: " + err.Error()
		}
		said.Rewrite = append(said.Rewrite, text)
	}
	for _, text := range asked.Plain {
		said.Plain = append(said.Plain, resolved(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(said); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// resolved says what yaml.v3 makes of an unquoted text, and how the ToBytes of sops spells the value.
func resolved(text string) scalar {
	var document yamlv3.Node
	if err := yamlv3.Unmarshal([]byte("- "+text), &document); err != nil {
		return scalar{Tag: "error", Text: err.Error()}
	}
	node := document.Content[0].Content[0]
	if node.Kind != yamlv3.ScalarNode {
		return scalar{Tag: "error", Text: "not a scalar"}
	}
	var value interface{}
	if err := node.Decode(&value); err != nil {
		return scalar{Tag: "error", Text: err.Error()}
	}
	spelled := scalar{Tag: node.ShortTag()}
	switch value := value.(type) {
	case nil:
	case float64:
		spelled.Text = strconv.FormatFloat(value, 'f', -1, 64)
	case bool:
		spelled.Text = map[bool]string{true: "True", false: "False"}[value]
	case time.Time:
		spelled.Text = value.Format(time.RFC3339Nano)
	default:
		spelled.Text = fmt.Sprint(value)
	}
	return spelled
}

// guarded turns an error or a panic of a library into {"error": ...}.
func guarded(text string, read func(string) ([]byte, error)) (out json.RawMessage) {
	defer func() {
		if caught := recover(); caught != nil {
			out = problem(fmt.Errorf("panic: %v", caught))
		}
	}()
	data, err := read(text)
	if err != nil {
		return problem(err)
	}
	return json.RawMessage(bytes.TrimSpace(data))
}

func problem(err error) json.RawMessage {
	data, _ := json.Marshal(map[string]string{"error": err.Error()})
	return data
}

// bySigs reads as kubectl and the Flux controllers read a manifest.
func bySigs(text string) ([]byte, error) {
	return sigsyaml.YAMLToJSONStrict([]byte(text))
}

func byV3(text string) ([]byte, error) {
	var value interface{}
	if err := yamlv3.Unmarshal([]byte(text), &value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// byKyaml reads as `kustomize build` does.
func byKyaml(text string) ([]byte, error) {
	node, err := kyaml.Parse(text)
	if err != nil {
		if err == io.EOF {
			return []byte("null"), nil
		}
		return nil, err
	}
	return node.MarshalJSON()
}

// rewritten does to a file what Flux's image automation does: it reads it by ByteReader with PreserveSeqIndent, sets
// the marked fields, and writes it by LocalPackageWriter.
func rewritten(task rewrite) (text string, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			err = fmt.Errorf("panic: %v", caught)
		}
	}()
	const path = "file.yaml"
	disk := filesys.MakeFsInMemory()
	reader := &kio.ByteReader{
		Reader:            bytes.NewBufferString(task.Text),
		SetAnnotations:    map[string]string{kioutil.PathAnnotation: path},
		PreserveSeqIndent: true,
	}
	setMarked := kio.FilterFunc(func(nodes []*kyaml.RNode) ([]*kyaml.RNode, error) {
		for _, node := range nodes {
			setScalars(node.YNode(), task.Setters)
		}
		return nodes, nil
	})
	writer := &kio.LocalPackageWriter{PackagePath: "/", FileSystem: filesys.FileSystemOrOnDisk{FileSystem: disk}}
	pipeline := kio.Pipeline{Inputs: []kio.Reader{reader}, Filters: []kio.Filter{setMarked}, Outputs: []kio.Writer{writer}}
	if err := pipeline.Execute(); err != nil {
		return "", err
	}
	data, err := disk.ReadFile("/" + path)
	return string(data), err
}

func setScalars(node *kyaml.Node, setters map[string]string) {
	for _, child := range node.Content {
		setScalars(child, setters)
	}
	if node.Kind != kyaml.ScalarNode || len(node.LineComment) < 2 {
		return
	}
	var marker map[string]string
	if json.Unmarshal([]byte(node.LineComment[1:]), &marker) != nil {
		return
	}
	if value, known := setters[marker["$imagepolicy"]]; known {
		node.Value = value
		kyaml.FormatNonStringStyle(node, *spec.StringProperty())
	}
}
