package dev.pycontainer.packaging.lock;

import java.util.List;
import java.util.Optional;

/** Which packages of a lock a dependency may mean: by version, or by origin where it has one. */
record PoetryMatch(PoetryDependency dependency) {

    static PoetryMatch of(PoetryDependency dependency) {
        return new PoetryMatch(dependency);
    }

    /** Those of these packages, in their order, that may be meant. */
    List<PoetryPackage> among(List<PoetryPackage> packages) {
        List<PoetryPackage> fitting = packages.stream().filter(this::fits).toList();
        List<PoetryPackage> ofSource = fitting.stream().filter(this::isOfSource).toList();
        // An index may have been given another name since; then it decides nothing.
        return ofSource.isEmpty() ? fitting : ofSource;
    }

    private boolean fits(PoetryPackage locked) {
        Optional<PoetryOrigin> origin = dependency.origin();
        return origin.isPresent()
                ? origin.get().isOf(locked.sourceType())
                : dependency.constraint().allows(locked.version());
    }

    /** Whether it comes from the index that the dependency names, or from the very URL. */
    boolean isOfSource(PoetryPackage locked) {
        if (dependency.origin().isPresent()) {
            PoetryOrigin origin = dependency.origin().get();
            return origin.kind().equals("path")
                    || (locked.sourceUrl().filter(origin.location()::equals).isPresent()
                            && origin.reference()
                                    .filter(asked -> !locked.sourceReference()
                                            .filter(asked::equals)
                                            .isPresent())
                                    .isEmpty());
        }
        return dependency
                .source()
                .map(name -> locked.sourceReference().orElse("pypi").equalsIgnoreCase(name))
                .orElse(true);
    }
}
