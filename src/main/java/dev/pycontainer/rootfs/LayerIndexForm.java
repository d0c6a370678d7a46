package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.archive.ElfFile;
import dev.pycontainer.archive.TarEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form in which a layer's index is remembered: of each path only what the one before it has not, numbers in as few bytes as
 * they need. The version of {@link ReadLayerIndex} changes with it.
 */
final class LayerIndexForm {

    private static final int ELF = 8;
    private static final int TEXT = 16;

    /** By their numbers in this form. */
    private static final List<TarEntry.Type> TYPES = List.of(
            TarEntry.Type.FILE,
            TarEntry.Type.DIRECTORY,
            TarEntry.Type.SYMBOLIC_LINK,
            TarEntry.Type.HARD_LINK,
            TarEntry.Type.OTHER);

    private LayerIndexForm() {}

    /** Writes entries, one behind the other. */
    static final class Writer {
        private final DataOutputStream out;
        private String before = "";

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void add(LayerIndex.Entry entry) throws IOException {
            TarEntry tar = entry.tar();
            out.writeByte(TYPES.indexOf(tar.type())
                    | (entry.elf().isPresent() ? ELF : 0)
                    | (entry.text().isPresent() ? TEXT : 0));
            int same = common(before, tar.path());
            number(same);
            text(tar.path().substring(same));
            before = tar.path();
            text(tar.linkTarget());
            number(tar.mode());
            number(tar.size());
            number(tar.uid());
            number(tar.gid());
            if (entry.elf().isPresent()) {
                elf(entry.elf().get());
            }
            if (entry.text().isPresent()) {
                text(entry.text().get());
            }
        }

        private static int common(String left, String right) {
            int length = Math.min(left.length(), right.length());
            int same = 0;
            while (same < length && left.charAt(same) == right.charAt(same)) {
                same++;
            }
            return same;
        }

        private void elf(ElfDynamic elf) throws IOException {
            ElfFile file = elf.file();
            out.writeByte((file.bits() == 64 ? 1 : 0) | (file.littleEndian() ? 2 : 0) | (elf.dynamic() ? 4 : 0));
            number(file.machineCode());
            number(elf.type());
            maybe(file.interpreter());
            maybe(elf.soname());
            maybe(elf.rpath());
            maybe(elf.runpath());
            texts(elf.needed());
            number(elf.versionNeeds().size());
            for (Map.Entry<String, List<String>> need : elf.versionNeeds().entrySet()) {
                text(need.getKey());
                texts(need.getValue());
            }
            texts(elf.versionDefinitions());
        }

        private void texts(List<String> texts) throws IOException {
            number(texts.size());
            for (String text : texts) {
                text(text);
            }
        }

        private void maybe(Optional<String> text) throws IOException {
            texts(text.stream().toList());
        }

        private void text(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            out.write(bytes);
        }

        /** Seven bits a byte, the lowest first; the last byte's eighth is not set. */
        private void number(long number) throws IOException {
            long rest = number;
            while ((rest & ~0x7fL) != 0) {
                out.writeByte((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.writeByte((int) rest);
        }
    }

    /** Reads them again. */
    static final class Reader {
        private final DataInputStream in;
        private String before = "";

        Reader(DataInputStream in) {
            this.in = in;
        }

        LayerIndex.Entry next() throws IOException {
            int kind = in.readUnsignedByte();
            before = before.substring(0, (int) number()) + text();
            TarEntry tar =
                    new TarEntry(before, TYPES.get(kind & 7), text(), (int) number(), number(), number(), number());
            return new LayerIndex.Entry(
                    tar,
                    (kind & ELF) != 0 ? Optional.of(elf()) : Optional.empty(),
                    (kind & TEXT) != 0 ? Optional.of(text()) : Optional.empty());
        }

        private ElfDynamic elf() throws IOException {
            int flags = in.readUnsignedByte();
            int machine = (int) number();
            int type = (int) number();
            ElfFile file = new ElfFile((flags & 1) != 0 ? 64 : 32, (flags & 2) != 0, machine, maybe());
            Optional<String> soname = maybe();
            Optional<String> rpath = maybe();
            Optional<String> runpath = maybe();
            return new ElfDynamic(file, type, (flags & 4) != 0, soname, texts(), rpath, runpath, needs(), texts());
        }

        private Map<String, List<String>> needs() throws IOException {
            Map<String, List<String>> needs = new LinkedHashMap<>();
            for (long left = number(); left > 0; left--) {
                needs.put(text(), texts());
            }
            return Collections.unmodifiableMap(needs);
        }

        private List<String> texts() throws IOException {
            List<String> texts = new ArrayList<>();
            for (long left = number(); left > 0; left--) {
                texts.add(text());
            }
            return List.copyOf(texts);
        }

        private Optional<String> maybe() throws IOException {
            return texts().stream().findFirst();
        }

        private String text() throws IOException {
            return new String(in.readNBytes((int) number()), StandardCharsets.UTF_8);
        }

        private long number() throws IOException {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                int next = in.readUnsignedByte();
                number |= (next & 0x7fL) << shift;
                if ((next & 0x80) == 0) {
                    return number;
                }
            }
        }
    }
}
