package dev.pycontainer.registry;

import dev.pycontainer.http.Login;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A place where the credentials for a registry may be found. */
public interface RegistryCredentials {

    /** @param registry as {@link dev.pycontainer.oci.ImageReference#registry()} names it */
    Optional<Login> find(String registry);

    /** Where {@link #find} looks for this registry, and what hindered it: a phrase for the message that nothing was found. */
    String place(String registry);

    /** These credentials, for whatever registry they are asked for: the caller hands them to the right one. */
    static RegistryCredentials of(Login login) {
        return new RegistryCredentials() {
            @Override
            public Optional<Login> find(String registry) {
                return Optional.of(login);
            }

            @Override
            public String place(String registry) {
                return login.source();
            }
        };
    }

    /**
     * Credentials that are kept by an id, which is the registry's name; Docker Hub is asked for by each of its names.
     *
     * @param kind how an entry is called, such as {@code <server> of settings.xml}
     */
    static RegistryCredentials byId(String kind, Function<String, Optional<Login>> entries) {
        return new RegistryCredentials() {
            @Override
            public Optional<Login> find(String registry) {
                return RegistryNames.of(registry).stream()
                        .map(entries)
                        .flatMap(Optional::stream)
                        .findFirst();
            }

            @Override
            public String place(String registry) {
                return "\"" + registry + "\" as " + kind;
            }
        };
    }

    /** The first of several places that knows the registry. */
    static RegistryCredentials inOrder(List<RegistryCredentials> places) {
        List<RegistryCredentials> all = List.copyOf(places);
        return new RegistryCredentials() {
            @Override
            public Optional<Login> find(String registry) {
                return all.stream()
                        .map(place -> place.find(registry))
                        .flatMap(Optional::stream)
                        .findFirst();
            }

            @Override
            public String place(String registry) {
                return all.isEmpty()
                        ? "no place"
                        : all.stream().map(place -> place.place(registry)).collect(Collectors.joining(", then "));
            }
        };
    }
}
