// Serves a registry, and fetches an artifact as Flux's source-controller does.
//
//	oracle serve          a registry on a free port of this machine; prints the address, and ends with its input
//	oracle fetch          {"url": "127.0.0.1:5000/fleet:main"} on stdin; prints what is in it
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"github.com/fluxcd/pkg/tar"
	"github.com/google/go-containerregistry/pkg/crane"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

type question struct {
	URL string `json:"url"`
}

type answer struct {
	Digest      string            `json:"digest"`
	ConfigType  string            `json:"configType"`
	LayerType   string            `json:"layerType"`
	Annotations map[string]string `json:"annotations"`
	Files       map[string]string `json:"files"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		serve()
		return
	}
	var asked question
	check(json.NewDecoder(os.Stdin).Decode(&asked))
	check(json.NewEncoder(os.Stdout).Encode(fetch(asked.URL)))
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Println(listener.Addr().String())
	quiet := registry.Logger(log.New(io.Discard, "", 0))
	go func() { check(http.Serve(listener, registry.New(quiet))) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func fetch(url string) answer {
	image, err := crane.Pull(url, crane.Insecure)
	check(err)
	check(validate.Image(image))
	manifest, err := image.Manifest()
	check(err)
	digest, err := image.Digest()
	check(err)
	layers, err := image.Layers()
	check(err)
	content, err := layers[0].Compressed()
	check(err)
	folder, err := os.MkdirTemp("", "oracle")
	check(err)
	defer os.RemoveAll(folder)
	check(tar.Untar(content, folder, tar.WithMaxUntarSize(-1), tar.WithSkipSymlinks()))
	return answer{
		Digest:      digest.String(),
		ConfigType:  string(manifest.Config.MediaType),
		LayerType:   string(manifest.Layers[0].MediaType),
		Annotations: manifest.Annotations,
		Files:       filesIn(folder),
	}
}

func filesIn(folder string) map[string]string {
	files := map[string]string{}
	check(filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(content)
		return err
	}))
	return files
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
