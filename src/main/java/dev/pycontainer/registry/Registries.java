package dev.pycontainer.registry;

import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.oci.ImageReference;

/** Makes clients for repositories, all with the same credentials and the same view of what is insecure. */
public final class Registries {

    private final Http http;
    private final RegistryCredentials credentials;
    private final boolean allowInsecure;
    private final Tally tally;

    /**
     * @param allowInsecure whether a registry may be spoken to over https with any certificate, and over plain HTTP,
     *     with credentials; loopback hosts may be anyhow
     */
    public Registries(Http http, RegistryCredentials credentials, boolean allowInsecure, Tally tally) {
        this.http = http;
        this.credentials = credentials;
        this.allowInsecure = allowInsecure;
        this.tally = tally;
    }

    /** A client for reading the image's repository; nothing is sent yet. */
    public RegistryClient toPull(ImageReference image) {
        return client(image, "pull");
    }

    /** A client for reading and writing the image's repository; nothing is sent yet. */
    public RegistryClient toPush(ImageReference image) {
        return client(image, "pull,push");
    }

    private RegistryClient client(ImageReference image, String actions) {
        Explain explain = new Explain(image.registry(), image.repository(), credentials);
        String scope = "repository:" + image.repository() + ":" + actions;
        return new RegistryClient(new Session(http, explain, scope, allowInsecure), explain, tally);
    }
}
