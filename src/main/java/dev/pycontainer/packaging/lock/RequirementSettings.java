package dev.pycontainer.packaging.lock;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the lines of options alone say for the whole run, as pip takes them in, one after the other. */
final class RequirementSettings {

    private final Map<String, String> environment;
    private final RequirementFormats formats = new RequirementFormats();
    private final List<String> indexes = new ArrayList<>(List.of(LockedPackage.CONFIGURED_INDEX));
    private final List<FindLinks> findLinks = new ArrayList<>();
    private final List<LockCredentials> credentials = new ArrayList<>();
    private boolean noIndex;
    private boolean requireHashes;
    private boolean noRequireHashes;

    RequirementSettings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param line options without a requirement, of a file in {@code directory} */
    void add(RequirementOptions line, Path directory) {
        noIndex |= line.has(RequirementOption.NO_INDEX);
        requireHashes |= line.has(RequirementOption.REQUIRE_HASHES);
        noRequireHashes |= line.has(RequirementOption.NO_REQUIRE_HASHES);
        line.all(RequirementOption.NO_BINARY).forEach(formats::noBinary);
        line.all(RequirementOption.ONLY_BINARY).forEach(formats::onlyBinary);
        // In pip an index takes the place of all that were named before it, those of --extra-index-url among them.
        line.one(RequirementOption.INDEX_URL).map(this::index).ifPresent(index -> {
            indexes.clear();
            indexes.add(index);
        });
        line.all(RequirementOption.EXTRA_INDEX_URL).stream().map(this::index).forEach(indexes::add);
        line.one(RequirementOption.FIND_LINKS)
                .map(written -> FindLinks.of(written, directory, environment))
                .ifPresent(links -> {
                    findLinks.add(links);
                    links.credentials().ifPresent(credentials::add);
                });
    }

    private String index(String written) {
        RequirementUrl url = RequirementUrl.of(written, environment);
        url.credentials().ifPresent(credentials::add);
        return url.http("The index");
    }

    RequirementFormats formats() {
        return formats;
    }

    /**
     * The indexes and pages to be asked, the first that knows a package for all of it; none where the configured one
     * alone is, and none where none is to be.
     *
     * <p>pip ranks indexes equally, and takes the greatest version of all, so that anybody may offer a greater one. As in
     * uv, those of {@code --extra-index-url} go first: a project names them for what is its own.
     */
    List<String> indexes() {
        List<String> asked = new ArrayList<>();
        for (FindLinks links : findLinks) {
            if (links instanceof FindLinks.Page page) {
                asked.add(LockedPackage.linksOn(page.url().text()));
            }
        }
        boolean configured = asked.isEmpty() && indexes.equals(List.of(LockedPackage.CONFIGURED_INDEX));
        if (!noIndex && !configured) {
            asked.addAll(indexes.subList(1, indexes.size()));
            asked.add(indexes.get(0));
        }
        return asked;
    }

    /** Whether there is nothing but directories to look in. */
    boolean asksNobody() {
        return noIndex && indexes().isEmpty();
    }

    List<FindLinks> findLinks() {
        return findLinks;
    }

    List<LockCredentials> credentials() {
        return List.copyOf(credentials);
    }

    /** pip's hash-checking mode: asked for, or begun by any hash. */
    boolean hashChecking(boolean anyHash) {
        return requireHashes || (anyHash && !noRequireHashes);
    }
}
