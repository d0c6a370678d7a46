package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What makes a virtual environment on the base's own interpreter, and the user that runs in it.
 *
 * <p>Python finds its environment by {@code pyvenv.cfg} beside the directory of the executable that was called, as in the
 * documentation of {@code site}: no tool is needed to make one. The links are those of {@code python -m venv} and of uv.
 *
 * @param interpreter the base's executable, absolute and free of links, such as {@code /usr/bin/python3.11}
 * @param python its full version
 */
public record EnvironmentLayer(
        InstallScheme scheme, String interpreter, Version python, ImageUser user, AccountFiles accounts) {

    private static final String HOME = "home/nonroot";
    private static final String NAME = "nonroot";
    private static final int HOME_MODE = 0775;

    public static EnvironmentLayer of(InstallScheme scheme, Target target, ImageUser user, AccountFiles accounts) {
        return new EnvironmentLayer(scheme, target.interpreter(), target.python(), user, accounts);
    }

    /** The layer, found or written. */
    public LayerBlob in(LayerStore layers) throws IOException {
        return layers.findOrWrite(LayerKind.ENVIRONMENT, inputs(), List.of(), Runnables.NONE, tree()::writeTo);
    }

    private LayerInputs inputs() {
        LayerInputs inputs = LayerInputs.of("environment-layer").with(scheme);
        ObjectNode text = inputs.text();
        text.put("interpreter", interpreter);
        text.put("python", python.toString());
        text.put("user", user.toString());
        text.put("provided", user.provided());
        text.put("passwd", Digest.of(accounts.passwd()).hex());
        text.put("group", Digest.of(accounts.group()).hex());
        return inputs;
    }

    private LayerTree tree() {
        String prefix = scheme.prefix().substring(1);
        LayerTree tree = new LayerTree(LayerTree.from(prefix));
        tree.directory(EntryHeader.directory(prefix));
        tree.directories(prefix + "/" + scheme.sitePackages());
        link(tree, prefix + "/bin/python", interpreter);
        link(tree, prefix + "/bin/python3", "python");
        link(tree, prefix + "/bin/python" + scheme.pythonMinor(), "python");
        // Pythons whose platform libraries have a directory of their own (Fedora's) find the same one through it.
        link(tree, prefix + "/lib64", "lib");
        file(tree, prefix + "/pyvenv.cfg", configuration().getBytes(StandardCharsets.UTF_8));
        if (user.provided()) {
            addUser(tree);
        }
        return tree;
    }

    private String configuration() {
        return """
                home = %s
                include-system-site-packages = false
                version = %s
                """.formatted(interpreter.substring(0, Math.max(interpreter.lastIndexOf('/'), 1)), python);
    }

    private void addUser(LayerTree tree) {
        String id = Integer.toString(ImageUser.NONROOT);
        if (accounts.user(id).isEmpty()) {
            String line = "%s:x:%s:%s::/%s:/sbin/nologin"
                    .formatted(free(accounts.user(NAME).isPresent()), id, id, HOME);
            file(tree, "etc/passwd", AccountFiles.with(accounts.passwd(), line));
        }
        if (accounts.group(id).isEmpty()) {
            String line = "%s:x:%s:".formatted(free(accounts.group(NAME).isPresent()), id);
            file(tree, "etc/group", AccountFiles.with(accounts.group(), line));
        }
        // Writable by group 0 too: OpenShift runs images with a user number of its own and this group.
        tree.directory(new EntryHeader(HOME, HOME_MODE, ImageUser.NONROOT, 0, EntryHeader.CONSTANT_TIME));
    }

    private static String free(boolean taken) {
        return taken ? NAME + ImageUser.NONROOT : NAME;
    }

    private static void file(LayerTree tree, String path, byte[] content) {
        tree.add(path, layer -> layer.file(EntryHeader.file(path), content));
    }

    private static void link(LayerTree tree, String path, String target) {
        tree.add(path, layer -> layer.link(EntryHeader.link(path), target));
    }
}
