// Judges objects and expressions with the libraries that the API server and Flux use, to compare verdicts with ours.
//
// Each line of standard input is {"mode": ..., "value": ...}; each line of standard output the list of what is wrong. In the
// mode "cel-value", the value is {"expression": ..., "self": ...}, and the answer what the expression gives: "true", "false",
// a number, or "error".
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/Masterminds/semver/v3"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/ext"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	schemacel "k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	schemavalidation "k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"sigs.k8s.io/yaml"
)

type kind struct {
	schema    *structural.Structural
	validator schemavalidation.SchemaValidator
	rules     *schemacel.Validator
	status    bool
}

type question struct {
	Mode  string          `json:"mode"`
	Value json.RawMessage `json:"value"`
}

func main() {
	kinds, err := load(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 64<<20)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var asked question
		if err := json.Unmarshal(input.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		wrong := answer(kinds, asked)
		if wrong == nil {
			wrong = []string{}
		}
		_ = output.Encode(wrong)
	}
}

func answer(kinds map[string]kind, asked question) []string {
	if asked.Mode == "object" {
		var object map[string]interface{}
		// The decoder of the API server keeps integers apart from other numbers.
		if err := yaml.Unmarshal(asked.Value, &object); err != nil {
			return []string{err.Error()}
		}
		return judge(kinds, integers(object).(map[string]interface{}))
	}
	if asked.Mode == "cel-value" {
		return []string{evaluate(asked.Value)}
	}
	var text string
	if err := json.Unmarshal(asked.Value, &text); err != nil {
		return []string{err.Error()}
	}
	var err error
	switch asked.Mode {
	case "semver":
		_, err = semver.NewConstraint(text)
	case "regex":
		_, err = regexp.Compile(text)
	case "selector":
		_, err = labels.Parse(text)
	case "cel":
		err = expression(text, false)
	case "cel-ready":
		err = expression(text, true)
	default:
		err = fmt.Errorf("unknown mode %s", asked.Mode)
	}
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}

// judge does what the API server does to a new object of a custom kind with fieldValidation=Strict.
func judge(kinds map[string]kind, object map[string]interface{}) (wrong []string) {
	known, found := kinds[fmt.Sprintf("%v/%v", object["apiVersion"], object["kind"])]
	if !found {
		return []string{"unknown kind"}
	}
	meta, hasMeta, metaUnknown, err := objectmeta.GetObjectMetaWithOptions(object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return []string{err.Error()}
	}
	for _, path := range metaUnknown {
		wrong = append(wrong, "unknown field "+path)
	}
	options := structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, known.schema, true, options) {
		wrong = append(wrong, "unknown field "+path)
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(object, known.schema)
	defaulting.Default(object, known.schema)
	if known.status {
		delete(object, "status")
	}
	if !hasMeta || meta == nil {
		return append(wrong, "no metadata")
	}
	if meta.Namespace == "" {
		meta.Namespace = "default"
	}
	errs := apivalidation.ValidateObjectMeta(meta, true, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	errs = append(errs, schemavalidation.ValidateCustomResource(nil, object, known.validator)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, known.schema, object)...)
	if len(errs) == 0 && known.rules != nil {
		ruleErrs, _ := known.rules.Validate(context.Background(), nil, known.schema, object, nil, celconfig.RuntimeCELCostBudget)
		errs = append(errs, ruleErrs...)
	}
	for _, err := range errs {
		wrong = append(wrong, err.Error())
	}
	return wrong
}

func load(folder string) (map[string]kind, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	kinds := map[string]kind{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var external apiextensionsv1.CustomResourceDefinition
		if err := yaml.Unmarshal(text, &external); err != nil {
			return nil, err
		}
		for _, version := range external.Spec.Versions {
			known, err := prepare(version)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			kinds[fmt.Sprintf("%s/%s/%s", external.Spec.Group, version.Name, external.Spec.Names.Kind)] = known
		}
	}
	return kinds, nil
}

func prepare(version apiextensionsv1.CustomResourceDefinitionVersion) (kind, error) {
	internal := &apiextensions.JSONSchemaProps{}
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, internal, nil); err != nil {
		return kind{}, err
	}
	schema, err := structural.NewStructural(internal)
	if err != nil {
		return kind{}, err
	}
	validator, _, err := schemavalidation.NewSchemaValidator(internal)
	if err != nil {
		return kind{}, err
	}
	return kind{
		schema:    schema,
		validator: validator,
		rules:     schemacel.NewValidator(schema, true, celconfig.PerCallLimit),
		status:    version.Subresources != nil && version.Subresources.Status != nil,
	}, nil
}

// integers turns whole numbers into int64, as the API server's decoder does.
func integers(value interface{}) interface{} {
	switch value := value.(type) {
	case map[string]interface{}:
		for key, item := range value {
			value[key] = integers(item)
		}
	case []interface{}:
		for index, item := range value {
			value[index] = integers(item)
		}
	case float64:
		if value == float64(int64(value)) {
			return int64(value)
		}
	}
	return value
}

// expression compiles with the options that the controllers of Flux use.
func expression(text string, ready bool) error {
	options := []cel.EnvOption{
		cel.HomogeneousAggregateLiterals(),
		cel.EagerlyValidateDeclarations(true),
		cel.DefaultUTCTimeZone(true),
		cel.CrossTypeNumericComparisons(true),
		cel.OptionalTypes(),
		ext.Strings(),
		ext.Sets(),
		ext.Encoders(),
	}
	if ready {
		for _, name := range []string{"self", "dep"} {
			options = append(options, cel.Variable(name, cel.ObjectType("google.protobuf.Struct")))
		}
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return err
	}
	if !ready {
		_, issues := env.Parse(text)
		return issues.Err()
	}
	compiled, issues := env.Compile(text)
	if issues.Err() != nil {
		return issues.Err()
	}
	if compiled.OutputType() != cel.BoolType {
		return fmt.Errorf("gives %s", compiled.OutputType())
	}
	return nil
}

// evaluate gives the value of an expression as the API server computes those of the rules in schemas.
func evaluate(value json.RawMessage) string {
	var asked struct {
		Expression string      `json:"expression"`
		Self       interface{} `json:"self"`
	}
	if err := json.Unmarshal(value, &asked); err != nil {
		return "error"
	}
	version := environment.DefaultCompatibilityVersion()
	set, err := environment.MustBaseEnvSet(version).Extend(environment.VersionedOptions{
		IntroducedVersion: version,
		EnvOptions:        []cel.EnvOption{cel.Variable("self", cel.DynType)},
	})
	if err != nil {
		return "error"
	}
	env, err := set.Env(environment.StoredExpressions)
	if err != nil {
		return "error"
	}
	compiled, issues := env.Compile(asked.Expression)
	if issues.Err() != nil {
		return "error"
	}
	program, err := env.Program(compiled)
	if err != nil {
		return "error"
	}
	result, _, err := program.Eval(map[string]interface{}{"self": integers(asked.Self)})
	if err != nil {
		return "error"
	}
	return fmt.Sprint(result.Value())
}
