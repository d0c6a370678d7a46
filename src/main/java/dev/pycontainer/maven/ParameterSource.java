package dev.pycontainer.maven;

import java.util.List;
import java.util.Optional;

/** One place where parameters are written: the command line, the POM, later the project's TOML files. */
interface ParameterSource {

    /** The value that this place gives to the parameter, if any. */
    Optional<Setting> find(Leaf leaf);

    /** Parameters written here that do not exist, each as the reader wrote it. */
    List<UnknownParameter> unknown();

    /**
     * @param path the dotted path that was written
     * @param written how it stands there, such as {@code -Dpycontainer.form.image}
     */
    record UnknownParameter(String path, String written) {}
}
