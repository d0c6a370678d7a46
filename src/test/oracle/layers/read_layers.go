// Reads layers as Go does, which containers' tools are written in: what read_layers.py prints, for BLOB...
package main

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
)

func main() {
	blobs := os.Args[1:]
	lines := make([]string, len(blobs))
	slots := make(chan bool, runtime.NumCPU())
	var all sync.WaitGroup
	for i := range blobs {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			slots <- true
			diffID, listing, err := read(blobs[i])
			if err != nil {
				fmt.Fprintln(os.Stderr, blobs[i], err)
				os.Exit(1)
			}
			lines[i] = diffID + " " + listing
			<-slots
		}(i)
	}
	all.Wait()
	fmt.Println(strings.Join(lines, "\n"))
}

func read(blob string) (string, string, error) {
	file, err := os.Open(blob)
	if err != nil {
		return "", "", err
	}
	defer file.Close()
	content, err := gzip.NewReader(file)
	if err != nil {
		return "", "", err
	}
	diffID := sha256.New()
	all := io.TeeReader(content, diffID)
	paths := []string{}
	lines := map[string]string{}
	for entries := tar.NewReader(all); ; {
		entry, err := entries.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", "", err
		}
		kind, time, digest := "?", entry.ModTime.Unix(), "-"
		switch entry.Typeflag {
		case tar.TypeDir:
			kind, time = "d", 0
		case tar.TypeReg:
			hash := sha256.New()
			if _, err := io.Copy(hash, entries); err != nil {
				return "", "", err
			}
			kind, digest = "f", fmt.Sprintf("%x", hash.Sum(nil))
		}
		path := strings.TrimSuffix(entry.Name, "/")
		paths = append(paths, path)
		lines[path] = fmt.Sprintf("%s %04o %d:%d %d %d %s %s\x00", kind, entry.Mode, entry.Uid, entry.Gid, time, entry.Size, digest, path)
	}
	if _, err := io.Copy(io.Discard, all); err != nil {
		return "", "", err
	}
	sort.Strings(paths)
	listing := sha256.New()
	for _, path := range paths {
		listing.Write([]byte(lines[path]))
	}
	return fmt.Sprintf("%x", diffID.Sum(nil)), fmt.Sprintf("%x", listing.Sum(nil)), nil
}
