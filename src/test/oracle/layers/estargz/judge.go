// Judges eStargz layers with the Go package that the snapshotter reads them by: judge [-seed N] BLOB TOC_DIGEST...
//
// Each blob is unpacked as any gzip file, and then read through its table of contents, never in order: every chunk of every
// file once, verified by its digest, and parts of files at random, across chunks too. All that is compared with what the
// plain tar holds there, and so is what the table says of each entry. Prints a line for each blob: the SHA-256 of its tar,
// and what was read; ends with 1 where anything differs.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand"
	"os"
	"strings"
	"time"

	"github.com/containerd/stargz-snapshotter/estargz"
	"github.com/opencontainers/go-digest"
)

// How many parts of each file are read, besides its chunks.
const partsOfAFile = 3

const greatestPart = 1 << 20

func main() {
	seed := flag.Int64("seed", 1, "of what is random")
	flag.Parse()
	words := flag.Args()
	if len(words) == 0 || len(words)%2 != 0 {
		fmt.Fprintln(os.Stderr, "usage: judge [-seed N] BLOB TOC_DIGEST...")
		os.Exit(2)
	}
	failed := false
	for i := 0; i < len(words); i += 2 {
		line, err := judge(words[i], digest.Digest(words[i+1]), rand.New(rand.NewSource(*seed)))
		if err != nil {
			fmt.Fprintln(os.Stderr, words[i]+":", err)
			failed = true
			continue
		}
		fmt.Println(line)
	}
	if failed {
		os.Exit(1)
	}
}

// plain is a layer's tar, whole in a file.
type plain struct {
	file    *os.File
	diffID  string
	entries []entry
}

// entry is what the tar says of a path, and where its content lies in the tar.
type entry struct {
	header  *tar.Header
	content int64
}

func judge(name string, tocDigest digest.Digest, random *rand.Rand) (string, error) {
	blob, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer blob.Close()
	status, err := blob.Stat()
	if err != nil {
		return "", err
	}
	layer, err := unpacked(blob)
	if err != nil {
		return "", fmt.Errorf("as a gzip file: %w", err)
	}
	defer layer.file.Close()

	stargz, err := estargz.Open(io.NewSectionReader(blob, 0, status.Size()))
	if err != nil {
		return "", fmt.Errorf("estargz.Open: %w", err)
	}
	verifier, err := stargz.VerifyTOC(tocDigest)
	if err != nil {
		return "", fmt.Errorf("estargz.VerifyTOC: %w", err)
	}
	names, err := agreed(stargz, layer.entries)
	if err != nil {
		return "", err
	}
	judged := reading{stargz: stargz, verifier: verifier, tar: layer.file, random: random}
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, file := range names {
		if err := judged.chunksOf(file); err != nil {
			return "", fmt.Errorf("%s: %w", file.header.Name, err)
		}
	}
	for part := 0; part < partsOfAFile; part++ {
		random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, file := range names {
			if err := judged.partOf(file); err != nil {
				return "", fmt.Errorf("%s: %w", file.header.Name, err)
			}
		}
	}
	return fmt.Sprintf("%s entries=%d files=%d chunks=%d parts=%d bytes=%d",
		layer.diffID, len(layer.entries), len(names), judged.chunks, judged.parts, judged.bytes), nil
}

// unpacked reads every member of the gzip file, as a runtime does that knows no eStargz.
func unpacked(blob io.Reader) (*plain, error) {
	content, err := gzip.NewReader(blob)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "judge-*.tar")
	if err != nil {
		return nil, err
	}
	os.Remove(file.Name())
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, hash), content); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	layer := &plain{file: file, diffID: fmt.Sprintf("%x", hash.Sum(nil))}
	entries := tar.NewReader(file)
	for {
		header, err := entries.Next()
		if err == io.EOF {
			return layer, nil
		}
		if err != nil {
			return nil, err
		}
		at, err := file.Seek(0, io.SeekCurrent)
		if err != nil {
			return nil, err
		}
		layer.entries = append(layer.entries, entry{header, at})
	}
}

// agreed holds the table's entries against the tar's, and returns the files that have content.
func agreed(stargz *estargz.Reader, entries []entry) ([]entry, error) {
	if len(entries) == 0 || entries[len(entries)-1].header.Name != estargz.TOCTarName {
		return nil, fmt.Errorf("%s is not the last entry of the tar", estargz.TOCTarName)
	}
	_, first := stargz.Lookup(estargz.PrefetchLandmark)
	_, none := stargz.Lookup(estargz.NoPrefetchLandmark)
	if first == none {
		return nil, errors.New("there is not one landmark")
	}
	told := map[string]bool{}
	files := []entry{}
	for _, each := range entries[:len(entries)-1] {
		name := strings.TrimSuffix(each.header.Name, "/")
		if told[name] {
			return nil, fmt.Errorf("%s stands in the tar twice", name)
		}
		told[name] = true
		if err := same(stargz, name, each.header); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if each.header.Typeflag == tar.TypeReg && each.header.Size > 0 {
			files = append(files, each)
		}
	}
	return files, nothingMore(stargz, "", told)
}

// The kinds of entries, by the letters of tar.
var types = map[byte]string{tar.TypeReg: "reg", tar.TypeDir: "dir", tar.TypeSymlink: "symlink", tar.TypeLink: "hardlink"}

var epoch = time.Unix(0, 0).UTC()

func same(stargz *estargz.Reader, name string, header *tar.Header) error {
	found, ok := stargz.Lookup(name)
	if !ok {
		return errors.New("the table does not have it")
	}
	if header.Typeflag == tar.TypeLink {
		target, ok := stargz.Lookup(header.Linkname)
		if !ok || target != found {
			return fmt.Errorf("it is not another name of %s", header.Linkname)
		}
		return nil
	}
	// No time stands for that of number 0.
	changed := found.ModTime().UTC()
	if changed.IsZero() {
		changed = epoch
	}
	inTar := fmt.Sprintf("%s %o %d:%d %d %s %s", types[header.Typeflag], header.Mode, header.Uid, header.Gid, header.Size,
		header.Linkname, header.ModTime.UTC())
	inTable := fmt.Sprintf("%s %o %d:%d %d %s %s", found.Type, found.Mode, found.UID, found.GID, found.Size,
		found.LinkName, changed)
	if inTar != inTable {
		return fmt.Errorf("in the tar it is %s, in the table %s", inTar, inTable)
	}
	return nil
}

// nothingMore refuses entries that the tar has not; directories above others may be known by those alone.
func nothingMore(stargz *estargz.Reader, directory string, told map[string]bool) error {
	parent, ok := stargz.Lookup(directory)
	if !ok {
		return fmt.Errorf("there is no directory %q", directory)
	}
	var fault error
	parent.ForeachChild(func(base string, child *estargz.TOCEntry) bool {
		path := strings.TrimPrefix(directory+"/"+base, "/")
		if !told[path] && child.Type != "dir" {
			fault = fmt.Errorf("the table has %s, which is not in the tar", path)
		} else if child.Type == "dir" {
			fault = nothingMore(stargz, path, told)
		}
		return fault == nil
	})
	return fault
}

// reading goes to and fro in one layer, and counts.
type reading struct {
	stargz   *estargz.Reader
	verifier estargz.TOCEntryVerifier
	tar      *os.File
	random   *rand.Rand
	chunks   int
	parts    int
	bytes    int64
}

// chunksOf reads each chunk of a file by itself, and verifies it as the snapshotter does.
func (r *reading) chunksOf(file entry) error {
	found, ok := r.stargz.Lookup(file.header.Name)
	if !ok {
		return errors.New("it is not there")
	}
	actual, err := digest.FromReader(io.NewSectionReader(r.tar, file.content, file.header.Size))
	if err != nil {
		return err
	}
	if actual.String() != found.Digest {
		return fmt.Errorf("its digest is %s, in the table %s", actual, found.Digest)
	}
	for at := int64(0); at < file.header.Size; {
		chunk, ok := r.stargz.ChunkEntryForOffset(file.header.Name, at)
		if !ok || chunk.ChunkOffset != at || chunk.ChunkSize <= 0 {
			return fmt.Errorf("no chunk begins at %d", at)
		}
		content, err := r.compared(file, at, chunk.ChunkSize)
		if err != nil {
			return err
		}
		verified, err := r.verifier.Verifier(chunk)
		if err != nil {
			return err
		}
		verified.Write(content)
		if !verified.Verified() {
			return fmt.Errorf("the chunk at %d has another digest", at)
		}
		r.chunks++
		at += chunk.ChunkSize
	}
	return nil
}

// partOf reads any bytes of a file.
func (r *reading) partOf(file entry) error {
	at := r.random.Int63n(file.header.Size)
	most := file.header.Size - at
	if most > greatestPart {
		most = greatestPart
	}
	r.parts++
	_, err := r.compared(file, at, 1+r.random.Int63n(most))
	return err
}

// compared reads a file's bytes through the table at once, and from the tar.
func (r *reading) compared(file entry, at, length int64) ([]byte, error) {
	content, err := r.stargz.OpenFile(file.header.Name)
	if err != nil {
		return nil, err
	}
	found := make([]byte, length)
	if _, err := content.ReadAt(found, at); err != nil {
		return nil, fmt.Errorf("%d bytes at %d: %w", length, at, err)
	}
	expected := make([]byte, length)
	if _, err := r.tar.ReadAt(expected, file.content+at); err != nil {
		return nil, err
	}
	if !bytes.Equal(found, expected) {
		return nil, fmt.Errorf("%d bytes at %d are others than in the tar", length, at)
	}
	r.bytes += length
	return found, nil
}
