package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;

/**
 * An ELF file of an image.
 *
 * @param path absolute, without any link
 * @param node the file itself, whatever other names it has
 */
public record NativeFile(String path, FileTree.Node node, ElfDynamic elf) {

    /** The last part of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The place of the layer that holds its bytes, the lowest being 0. */
    public int layer() {
        return node.layer();
    }

    /** Whether it is started, and names a loader for that; libraries may name one too, and have a name of their own. */
    boolean isProgram() {
        return elf.file().interpreter().isPresent() && elf.soname().isEmpty();
    }
}
