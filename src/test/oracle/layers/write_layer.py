"""Writes the layer of wheels from docs/layer-format.md alone, whose sections are the parts of this program.

    write_layer.py [option ...] OUT WHEEL...       one layer that holds all these wheels, in their order; OUT may be /dev/null
    write_layer.py [option ...] --each FILE...     a layer for each, none of which is kept

Prints a line for each layer: digest, diff_id, size, and the name of the (first) wheel. Python 3.11, no library but its own.
"""

import argparse
import base64
import hashlib
import io
import json
import os
import re
import struct
import sys
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field


@dataclass
class Scheme:
    prefix: str = "/opt/venv"
    site_packages: str = "lib/python3.11/site-packages"
    python: str = "/opt/venv/bin/python"
    minor: str = "3.11"


@dataclass
class File:
    """One file to be: its content is `data`, compressed as `method` says; 0 is stored, 8 deflate, None is not yet compressed."""

    executable: bool
    size: int
    hash: str
    data: bytes
    method: int | None


# 1 The files of a wheel


def files_of(wheel, scheme, direct_url, excludes):
    with zipfile.ZipFile(wheel) as archive, open(wheel, "rb") as raw:
        entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        info = next(name.split("/")[0] for name in entries if name.split("/")[0].endswith(".dist-info") and "/" in name)
        hashes = {}
        for path, digest, _ in rows(archive.read(info + "/RECORD").decode()):
            hashes[re.sub(r"^(?:\./|/)+", "", path)] = digest
        scripts = {}
        if info + "/entry_points.txt" in entries:
            scripts = entry_points(archive.read(info + "/entry_points.txt").decode("utf-8-sig"), scheme)
        own = {info + "/INSTALLER": b"pycontainer"}
        if direct_url is not None:
            own[info + "/direct_url.json"] = direct_url.encode()

        files = {}
        for name in sorted(entries, key=str.encode):
            if name in own or name == info + "/RECORD":
                continue
            key, path = place(name, info, scheme, scripts, os.path.basename(wheel))
            if path is None or excluded(path, info, scheme, excludes):
                continue
            entry = entries[name]
            if key == "scripts" and head(archive, entry) == b"#!python":
                file = generated(rewritten(archive.read(entry), scheme), True)
            else:
                executable = key == "scripts" or is_executable(entry)
                file = File(executable, entry.file_size, hashes.get(name, ""), data(raw, entry), entry.compress_type)
            files.setdefault(path, file)
        for name, (module, attribute) in scripts.items():
            files.setdefault("bin/" + name, generated(entry_point_script(module, attribute, scheme), True))
        for name, content in own.items():
            files[f"{scheme.site_packages}/{name}"] = generated(content, False)
        record = f"{scheme.site_packages}/{info}/RECORD"
        files[record] = generated(record_of(files, record, scheme), False)
        return files


def generated(content, executable):
    return File(executable, len(content), sha256(content), content, None)


def sha256(content):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def head(archive, entry):
    with archive.open(entry) as content:
        return content.read(8)


def data(raw, entry):
    """The entry's bytes as they stand behind its local header."""
    raw.seek(entry.header_offset)
    name, extra = struct.unpack("<26xHH", raw.read(30))
    raw.seek(name + extra, io.SEEK_CUR)
    return raw.read(entry.compress_size)


# 1.1 Places


def place(name, info, scheme, scripts, wheel):
    """Below which key of the .data directory the file lies, if any, and its path below the prefix, if it has one."""
    parts = name.split("/", 2)
    if len(parts) < 3 or parts[0] != info.removesuffix(".dist-info") + ".data":
        return None, f"{scheme.site_packages}/{name}"
    _, key, rest = parts
    if key in ("purelib", "platlib"):
        return key, f"{scheme.site_packages}/{rest}"
    if key == "headers":
        project = re.sub(r"[-_.]+", "-", wheel.split("-")[0]).lower()
        return key, f"include/site/python{scheme.minor}/{project}/{rest}"
    if key == "data":
        return key, re.sub("^lib64/", "lib/", rest)
    assert key == "scripts"
    wrapper = re.sub(r"(?:\.exe|-script\.py|\.pya)$", "", rest)
    return key, None if wrapper in scripts else "bin/" + rest


def is_executable(entry):
    mode = entry.external_attr >> 16
    return mode & 0o170000 == 0o100000 and mode & 0o111 != 0


def excluded(path, info, scheme, excludes):
    site = scheme.site_packages + "/"
    if path.startswith((site + info + "/", "bin/")):
        return False
    compared = path.removeprefix(site).split("/")
    return any(covers(pattern.removesuffix("/").split("/"), compared) for pattern in excludes)


def covers(pattern, path):
    if not pattern:
        return True
    if not path:
        return all(name == "**" for name in pattern)
    if pattern[0] == "**":
        return covers(pattern[1:], path) or covers(pattern, path[1:])
    name = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern[0])
    return re.fullmatch(name, path[0], re.DOTALL) is not None and covers(pattern[1:], path[1:])


# 1.2 Scripts


def entry_points(text, scheme):
    groups, group = {}, None
    for line in re.split("\r\n|\r|\n", text):
        line = line.strip()
        if not line or line[0] in "#;":
            continue
        if header := re.fullmatch(r"\[([^]]+)]", line):
            group = groups.setdefault(header[1].strip(), {})
        else:
            name, _, value = line.partition("=")
            group[name.strip()] = value.strip()
    scripts = {}
    for group in ("console_scripts", "gui_scripts"):
        for name, value in groups.get(group, {}).items():
            reference = re.fullmatch(r"([\w.-]+)\s*:\s*([\w.-]+)(?:\s*\[[^\[\]]*])?\s*", value)
            scripts[name] = reference[1], reference[2]
    scripts = {name: value for name, value in scripts.items() if not re.fullmatch(r"pip3\.[0-9]{1,3}", name)}
    if "pip3" in scripts:
        scripts["pip" + scheme.minor] = scripts["pip3"]
    return scripts


def shebang(scheme):
    if len(f"#!{scheme.python}\n".encode()) <= 127 and " " not in scheme.python:
        return "#!" + scheme.python
    quoted = "'" + scheme.python.replace("'", "'\"'\"'") + "'"
    return f"#!/bin/sh\n'''exec' {quoted} \"$0\" \"$@\"\n' '''"


def entry_point_script(module, attribute, scheme):
    return f"""{shebang(scheme)}
# -*- coding: utf-8 -*-
import sys
from {module} import {attribute.split(".")[0]}
if __name__ == "__main__":
    if sys.argv[0].endswith("-script.pyw"):
        sys.argv[0] = sys.argv[0][:-11]
    elif sys.argv[0].endswith(".exe"):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit({attribute}())
""".encode()


def rewritten(script, scheme):
    return shebang(scheme).encode() + b"\n" + re.sub(rb"\A[^\r\n]*(?:\r\n|\r|\n)?", b"", script)


# 1.3 RECORD


def rows(text):
    for row in re.split("\r\n|\r|\n", text):
        if row:
            path = re.match(r'"(?:[^"]|"")*"|[^,"]*', row)[0]
            rest = row[len(path):].split(",")
            yield path[1:-1].replace('""', '"') if path.startswith('"') else path, rest[1].strip('"'), rest[2]


def record_of(files, record, scheme):
    lines = {recorded(record, scheme): ",,\n"}
    for path, file in files.items():
        if file.hash:
            lines[recorded(path, scheme)] = f",{file.hash},{file.size}\n"
    return "".join(quoted(path) + lines[path] for path in sorted(lines, key=str.encode)).encode()


def recorded(path, scheme):
    """Relative to site-packages."""
    return os.path.relpath(path, scheme.site_packages)


def quoted(path):
    return '"' + path.replace('"', '""') + '"' if re.search('[,"\r\n]', path) else path


# 2 The entries of a layer


def entries_of(wheels, left_out, prefix):
    files = {}
    for wheel in wheels:
        for path, file in wheel.items():
            other = files.get(path)
            if other and other.hash and (other.hash, other.executable) == (file.hash, file.executable):
                continue
            parents = [path[:at] for at in range(len(path)) if path[at] == "/"]
            for lost in [p for p in parents if p in files] + [p for p in files if p.startswith(path + "/")]:
                del files[lost]
            files[path] = file
    for path in left_out:
        files.pop(path, None)
    entries = {f"{prefix}/{path}"[1:]: file for path, file in files.items()}
    for path in list(entries):
        for at in range(len(prefix), len(path)):
            if path[at] == "/":
                entries.setdefault(path[:at], None)
    return sorted(entries.items(), key=lambda entry: entry[0].encode())


# 3 The tar


def header(path, directory, executable, size):
    name = (path + "/" if directory else path).encode()
    fitting = split(name) if name.isascii() else None
    records = b"" if fitting else pax(b"path", name)
    if size >= 8 << 30:
        records += pax(b"size", str(size).encode())
    blocks = []
    if records:
        blocks = [block(b"", b"PaxHeader", 0o644, len(records), b"x"), records + bytes(-len(records) % 512)]
    prefix, short = fitting or (b"", bytes(byte if byte < 128 else ord("_") for byte in name[:100]))
    mode = 0o755 if directory or executable else 0o644
    return blocks + [block(prefix, short, mode, size if size < 8 << 30 else 0, b"5" if directory else b"0")]


def split(name):
    if len(name) <= 100:
        return b"", name
    slash = name.rfind(b"/", 1, min(156, len(name) - 1))
    return (name[:slash], name[slash + 1 :]) if slash > 0 and len(name) - slash - 1 <= 100 else None


def block(prefix, name, mode, size, kind):
    def with_sum(checksum):
        return struct.pack("100s8s8s8s12s12s8ss100s8s32s32s8s8s155s12x", name, b"%07o" % mode, b"0000000", b"0000000",
                           b"%011o" % size, b"%011o" % 315532800, checksum, kind, b"", b"ustar\x0000", b"", b"", b"", b"", prefix)
    return with_sum(b"%06o\0 " % sum(with_sum(b" " * 8)))


def pax(key, value):
    length = rest = len(key) + len(value) + 3
    while length != rest + len(str(length)):
        length = rest + len(str(length))
    return b"%d %s=%s\n" % (length, key, value)


# 4 The compressed layer


LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
LENGTH_BITS = [0] * 8 + [1] * 4 + [2] * 4 + [3] * 4 + [4] * 4 + [5] * 4 + [0]
DISTANCE_BITS = [0, 0] + [bits for bits in range(14) for _ in "ab"]
HEAD = bytes.fromhex("1f8b0800 00000000 00ff")
DISTANCES = [1 + sum(1 << bits for bits in DISTANCE_BITS[:code]) for code in range(30)]
FIXED = [(symbol, 8, 0x30) if symbol < 144 else (symbol - 144, 9, 0x190) if symbol < 256 else
         (symbol - 256, 7, 0) if symbol < 280 else (symbol - 280, 8, 0xC0) for symbol in range(288)]


@dataclass
class Layer:
    out: io.BufferedIOBase
    tar: object = field(default_factory=hashlib.sha256)
    blob: object = field(default_factory=hashlib.sha256)
    crc: int = 0
    position: int = 0
    size: int = 0
    bits: int = 0
    count: int = 0
    open: bool = False
    previous: int | None = None
    last_header: bytes = b""
    last_header_at: int = 0

    # 4.1 Pieces

    def write(self, entries):
        self.emit(HEAD)
        for path, file in entries:
            self.headers(path, file)
            if file and file.size:
                self.content(file)
                self.plain_piece(bytes(-file.size % 512))
        self.last_piece(bytes(1024))
        return self

    def headers(self, path, file):
        blocks = header(path, file is None, file and file.executable, file.size if file else 0)
        self.header_piece(blocks[0])
        if len(blocks) > 1:
            self.plain_piece(blocks[1])
            self.header_piece(blocks[2])

    def content(self, file):
        if file.size <= 64:
            self.plain_piece(content_of(file))
        elif file.method == 0:
            self.stored_blocks(file.data)
        elif file.method == 8:
            self.stream(file.data)
        else:
            self.stream(deflated(file.data))

    def account(self, data):
        self.tar.update(data)
        self.crc = zlib.crc32(data, self.crc)
        self.position += len(data)

    # 4.2 Blocks of fixed codes

    def header_piece(self, piece):
        distance = self.position - self.last_header_at
        near = 0 < distance <= 32768
        self.last_header_at = self.position
        self.plain_piece(piece, self.last_header if near else b"", distance)
        self.last_header = piece

    def plain_piece(self, piece, like=b"", distance=0):
        self.account(piece)
        self.codes(piece, like, distance)

    def codes(self, piece, like=b"", distance=0):
        if piece and not self.open:
            self.begin(0)
        at = 0
        while at < len(piece):
            end = min(len(piece), at + 258)
            run = match = at
            while run < end and piece[run] == self.previous:
                run += 1
            while match < min(end, len(like)) and piece[match] == like[match]:
                match += 1
            run, match = run - at, match - at
            if run >= 3 and run >= match:
                self.copy(run, 1)
                at += run
            elif match >= 4:
                self.copy(match, distance)
                at += match
            else:
                self.symbol(piece[at])
                at += 1
            self.previous = piece[at - 1]

    def begin(self, final):
        self.put(final | 1 << 1, 3)
        self.open, self.previous = True, None

    def end(self):
        if self.open:
            self.symbol(256)
            self.open = False

    def copy(self, length, distance):
        code = max(code for code in range(29) if LENGTHS[code] <= length)
        self.symbol(257 + code)
        self.put(length - LENGTHS[code], LENGTH_BITS[code])
        code = max(code for code in range(30) if DISTANCES[code] <= distance)
        self.put(int(f"{code:05b}"[::-1], 2), 5)
        self.put(distance - DISTANCES[code], DISTANCE_BITS[code])

    def symbol(self, symbol):
        offset, length, first = FIXED[symbol]
        self.put(int(f"{first + offset:0{length}b}"[::-1], 2), length)

    # 4.3 Stored blocks

    def stored_blocks(self, content):
        for at in range(0, len(content), 65535):
            self.account(content[at : at + 65535])
            self.stored(content[at : at + 65535])

    def stored(self, data):
        self.end()
        self.put(0, 3)
        self.flush()
        self.emit(struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data)

    # 4.4 Streams

    def stream(self, stream):
        self.end()
        if self.count:
            self.stored(b"")
        decoder = zlib.decompressobj(-15)
        for at in range(0, len(stream), 1 << 16):
            self.account(decoder.decompress(stream[at : at + (1 << 16)]))
        assert decoder.eof and not decoder.unused_data
        mark, used = last_mark(stream), used_bits(stream)
        joined = bytearray(stream)
        joined[mark >> 3] &= ~(1 << (mark & 7))
        last = joined.pop() & ((1 << used) - 1)
        self.emit(joined)
        self.put(last, used)

    # 4.6 The end

    def last_piece(self, piece):
        self.end()
        self.begin(1)
        self.plain_piece(piece)
        self.end()
        self.flush()
        self.emit(struct.pack("<II", self.crc, self.position & 0xFFFFFFFF))

    def put(self, value, length):
        self.bits |= value << self.count
        self.count += length
        whole = self.count >> 3
        if whole:
            self.emit((self.bits & ((1 << 8 * whole) - 1)).to_bytes(whole, "little"))
            self.bits >>= 8 * whole
            self.count &= 7

    def flush(self):
        self.put(0, -self.count & 7)

    def emit(self, data):
        self.blob.update(data)
        self.out.write(data)
        self.size += len(data)


# 4.5 What is compressed here


def deflated(content):
    """zlib's own stream; replacements of zlib under the same name make others."""
    compress = zlib.compressobj(6, zlib.DEFLATED, -15, 7, zlib.Z_DEFAULT_STRATEGY)
    return compress.compress(content) + compress.flush()


def content_of(file):
    return zlib.decompress(file.data, -15) if file.method == 8 else file.data


# 4.4 The end of a stream, and the mark of its last block, found by walking over its blocks (RFC 1951)


def used_bits(stream):
    """How many bits of the stream's last byte belong to it: any bit behind its end can be turned without effect."""
    decoder = zlib.decompressobj(-15)
    for at in range(0, len(stream) - 1, 1 << 16):
        decoder.decompress(stream[at : min(at + (1 << 16), len(stream) - 1)])
    last, used = stream[-1], 8
    expected = decoder.copy().decompress(stream[-1:])
    while used > 1:
        turned = decoder.copy()
        try:
            content = turned.decompress(bytes([last ^ 1 << (used - 1)]))
        except zlib.error:
            break
        if not turned.eof or content != expected:
            break
        used -= 1
    return used


def last_mark(stream):
    padded = stream + bytes(8)
    at = 0
    while True:
        header_at = at
        final, kind = bits_of(padded, at, 1), bits_of(padded, at + 1, 2)
        if final:
            return header_at
        at += 3
        if kind == 0:
            at = -(-at // 8) * 8
            at += 32 + 8 * bits_of(padded, at, 16)
        elif kind == 1:
            at = skip(padded, at, *fixed_tables())
        else:
            at, tables = dynamic_tables(padded, at)
            at = skip(padded, at, *tables)


def bits_of(stream, at, count):
    return struct.unpack_from("<Q", stream, at >> 3)[0] >> (at & 7) & ((1 << count) - 1)


def table_of(lengths, value):
    """The codes' values by the next bits, as many as the longest code has: each holds value(symbol, bits of its code)."""
    width = max(max(lengths), 1)
    table, code = [0] * (1 << width), 0
    for length in range(1, width + 1):
        code <<= 1
        for symbol, of_symbol in enumerate(lengths):
            if of_symbol == length:
                first = int(f"{code:0{length}b}"[::-1], 2)
                table[first :: 1 << length] = [value(symbol, length)] * (1 << (width - length))
                code += 1
    return table, (1 << width) - 1


def literal_value(symbol, bits):
    """Bits of a literal; of a length with its extra bits, negative; 0 for the end, whose bits stand in the table's last place."""
    return bits if symbol < 256 else 0 if symbol == 256 else -(bits + LENGTH_BITS[symbol - 257])


def tables_of(literals, distances):
    lit, lit_mask = table_of(literals, literal_value)
    dist, dist_mask = table_of(distances, lambda symbol, bits: bits + DISTANCE_BITS[symbol])
    return lit, lit_mask, dist, dist_mask, literals[256]


def fixed_tables():
    return tables_of([8] * 144 + [9] * 112 + [7] * 24 + [8] * 6, [5] * 30)


def dynamic_tables(stream, at):
    literals, distances, codes = 257 + bits_of(stream, at, 5), 1 + bits_of(stream, at + 5, 5), 4 + bits_of(stream, at + 10, 4)
    at += 14
    order = [0] * 19
    for symbol in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)[:codes]:
        order[symbol] = bits_of(stream, at, 3)
        at += 3
    table, mask = table_of(order, lambda symbol, bits: (symbol, bits))
    lengths = []
    while len(lengths) < literals + distances:
        symbol, bits = table[bits_of(stream, at, 7) & mask]
        at += bits
        if symbol < 16:
            lengths.append(symbol)
        else:
            extra, least = {16: (2, 3), 17: (3, 3), 18: (7, 11)}[symbol]
            lengths += [lengths[-1] if symbol == 16 else 0] * (least + bits_of(stream, at, extra))
            at += extra
    return at, tables_of(lengths[:literals], lengths[literals:])


def skip(stream, at, lit, lit_mask, dist, dist_mask, end_bits):
    """The bit behind the block's end. Nothing is decoded, only counted, since there are gigabytes of it."""
    read = struct.Struct("<Q").unpack_from
    while True:
        word = read(stream, at >> 3)[0] >> (at & 7)  # 57 bits or more
        bits = lit[word & lit_mask]
        if bits > 0:
            at += bits
            word >>= bits
            bits = lit[word & lit_mask]
            if bits > 0:
                at += bits
                bits = lit[word >> bits & lit_mask]
                if bits > 0:
                    at += bits
        elif bits:
            at += dist[word >> -bits & dist_mask] - bits
        else:
            return at + end_bits


# 5 eStargz


CHUNK = 4 << 20


@dataclass
class Estargz(Layer):
    toc: list = field(default_factory=list)
    begun: bool = False

    def write(self, entries):
        for path, file in [(".no.prefetch.landmark", generated(b"\x0f", False)), *entries]:
            self.begin_member()
            self.headers(path, file)
            self.toc.append(toc_entry(path, file))
            if file and file.size:
                self.content(file)
                if file.size % 512:
                    self.begin_member()
                    self.plain_piece(bytes(-file.size % 512))
        self.end_group()
        self.table()
        return self

    # 5.1 Members

    def begin_member(self):
        if not self.begun:
            self.emit(HEAD)
            self.crc = self.position = self.last_header_at = 0
            self.begun, self.last_header = True, b""

    def end_group(self):
        if self.begun:
            self.end_member(b"")

    def end_member(self, piece):
        self.last_piece(piece)
        self.begun = False

    def content(self, file):
        content = content_of(file)
        entry = self.toc[-1]
        for at in range(0, file.size, CHUNK):
            self.end_group()
            chunk, offset = content[at : at + CHUNK], self.size
            self.begin_member()
            if file.size <= 64:
                self.end_member(content)
            elif file.size <= CHUNK and file.method == 0:
                self.stored_blocks(content)
                self.end_member(b"")
            else:
                self.whole(chunk, file.data if file.size <= CHUNK and file.method == 8 else deflated(chunk))
            if at:
                entry = {"name": entry["name"], "type": "chunk"}
                self.toc.append(entry)
            entry["offset"] = offset
            if at:
                entry["chunkOffset"] = at
            else:
                entry["digest"] = digest(content)
            if at + CHUNK < file.size:
                entry["chunkSize"] = CHUNK
            entry["chunkDigest"] = digest(chunk)

    def whole(self, content, stream):
        self.account(content)
        self.emit(stream + struct.pack("<II", self.crc, self.position))
        self.begun = False

    # 5.3 The end

    def table(self):
        text = json.dumps({"version": 1, "entries": self.toc}, ensure_ascii=False, separators=(",", ":")).encode()
        offset = self.size
        self.begin_member()
        self.headers("stargz.index.json", generated(text, False))
        self.stream(deflated(text))
        self.plain_piece(bytes(-len(text) % 512))
        self.end_member(bytes(1024))
        self.emit(bytes.fromhex("1f8b0804 00000000 00ff 1a00") + b"SG\x16\0%016xSTARGZ" % offset + bytes.fromhex("01 0000ffff") + bytes(8))


# 5.2 The table of contents


def toc_entry(path, file):
    entry = {"name": path if file else path + "/", "type": "reg" if file else "dir"}
    if file and file.size:
        entry["size"] = file.size
    mode = 0o755 if file is None or file.executable else 0o644
    entry |= {"modtime": "1980-01-01T00:00:00Z", "mode": mode, "uid": 0, "gid": 0}
    if file and not file.size:
        entry["digest"] = digest(b"")
    return entry


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def layer_of(wheels, scheme, direct_url=None, excludes=(), left_out=(), form="gzip", out=os.devnull):
    files = [files_of(wheel, scheme, direct_url, excludes) for wheel in wheels]
    with open(out, "wb") as stream:
        layer = (Estargz if form == "estargz" else Layer)(stream).write(entries_of(files, left_out, scheme.prefix))
    return f"sha256:{layer.blob.hexdigest()}\tsha256:{layer.tar.hexdigest()}\t{layer.size}\t{os.path.basename(wheels[0])}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prefix", default=Scheme.prefix)
    parser.add_argument("--site-packages", default=Scheme.site_packages)
    parser.add_argument("--python", default=Scheme.python)
    parser.add_argument("--minor", default=Scheme.minor)
    parser.add_argument("--direct-url", help="the text of direct_url.json")
    parser.add_argument("--exclude", action="append", default=[], help="a pattern of paths")
    parser.add_argument("--leave-out", action="append", default=[], help="a path below the prefix that another layer has")
    parser.add_argument("--form", choices=["gzip", "estargz"], default="gzip")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    scheme = Scheme(options.prefix, options.site_packages, options.python, options.minor)
    settings = (scheme, options.direct_url, options.exclude, options.leave_out, options.form)
    if not options.each:
        print(layer_of(options.files[1:], *settings, options.files[0]))
        return
    # The largest first, so that no worker is left alone with it.
    by_size = sorted(options.files, key=os.path.getsize, reverse=True)
    with ProcessPoolExecutor() as pool:
        layers = {wheel: pool.submit(layer_of, [wheel], *settings) for wheel in by_size}
        for wheel in options.files:
            print(layers[wheel].result(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
