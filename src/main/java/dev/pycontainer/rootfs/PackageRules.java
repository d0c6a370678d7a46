package dev.pycontainer.rootfs;

/** How the files that are looked at are used by the packages that bring them, which no file tells. */
public interface PackageRules {

    /** Whether nobody loads the file but others of the same package, so that it lacks nothing where these are not loaded. */
    boolean isInner(NativeFile file);

    /**
     * Whether a library of this name counts as there for whoever needs it as soon as any package brings it, and not for that
     * package's own files alone.
     */
    boolean isShared(String library);
}
