package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.VerifiedInputStream;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Body;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import java.io.InputStream;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One repository of one registry, over the OCI distribution specification; safe for any number of threads.
 *
 * <p>Whatever the registry says about content is checked: bytes against the digest that was asked for, and what it
 * stored against the digest that was sent. An {@code identifier} is a tag or a digest's text.
 */
public final class RegistryClient {

    /** The distribution specification, "Pushing Manifests", has registries take at least this size; more is not read. */
    private static final long MANIFEST_LIMIT = 4 << 20;

    private final Session session;
    private final Explain explain;
    private final Tally tally;

    RegistryClient(Session session, Explain explain, Tally tally) {
        this.session = session;
        this.explain = explain;
        this.tally = tally;
    }

    /**
     * Reads a manifest or index. Asked for by digest its bytes have that digest; by tag its digest is taken from its
     * bytes, since registries' {@code Docker-Content-Digest} is known to lie.
     */
    public Manifest manifest(String identifier) {
        Response response = session.send(manifestRequest(identifier).build());
        if (response.code() == 404) {
            throw Explain.answered(
                    BuildRefused.because("There is no image " + name(identifier) + ".")
                            .todo("check its name and tag"),
                    response);
        }
        if (response.code() != 200) {
            throw explain.unexpected(response, "reading the manifest of " + name(identifier));
        }
        String contentType = response.header("Content-Type", "");
        byte[] bytes = Body.read(response, MANIFEST_LIMIT, "The manifest of " + name(identifier));
        Digest actual = Digest.of(bytes);
        if (isDigest(identifier) && !actual.equals(Digest.parse(identifier))) {
            throw ContentMismatch.of(
                    "The manifest of " + name(identifier), "its digest is " + actual + " instead of " + identifier);
        }
        Manifest manifest = Manifest.parse(bytes, name(identifier));
        if (MediaTypes.MANIFESTS.contains(contentType) && !contentType.equals(manifest.mediaType())) {
            // CVE-2021-41190: two readers must not take one document for two things.
            throw BuildRefused.because("The manifest of " + name(identifier) + " has two media types.")
                    .why("the registry calls it " + contentType + ", it calls itself " + manifest.mediaType());
        }
        return manifest;
    }

    /**
     * The digest that the registry gives for a manifest, by its word alone, or empty where it has none such; asked by
     * digest, that digest.
     */
    public Optional<Digest> headManifest(String identifier) {
        String deed = "looking for the manifest of " + name(identifier);
        try (Response response = session.send(manifestRequest(identifier).head().build())) {
            if (response.code() == 404) {
                return Optional.empty();
            }
            if (response.code() != 200) {
                throw explain.unexpected(response, deed);
            }
            String digest = response.header("Docker-Content-Digest");
            if (digest != null) {
                return Optional.of(parsed(digest, response));
            }
        }
        return Optional.of(
                isDigest(identifier)
                        ? Digest.parse(identifier)
                        : manifest(identifier).digest());
    }

    /** A blob's bytes, verified by size and digest at their end; the caller closes the stream. */
    public InputStream blob(Descriptor blob) {
        Response response = session.send(blobRequest(blob).build());
        if (response.code() == 404) {
            throw Explain.answered(
                    BuildRefused.because(explain.registry() + " lacks a part of an image that it holds.")
                            .todo("push that image again, or use another"),
                    response);
        }
        if (response.code() != 200) {
            throw explain.unexpected(response, "reading the blob " + blob.digest());
        }
        return new VerifiedInputStream(
                Body.stream(response),
                blob.digest(),
                blob.size(),
                "The blob " + blob.digest() + " of " + explain.registry() + "/" + explain.repository());
    }

    /** Whether the repository holds the blob, in its size where the registry tells one. */
    public boolean hasBlob(Descriptor blob) {
        try (Response response = session.send(blobRequest(blob).head().build())) {
            if (response.code() == 404) {
                return false;
            }
            if (response.code() != 200) {
                throw explain.unexpected(response, "looking for the blob " + blob.digest());
            }
            String length = response.header("Content-Length");
            return length == null || length.equals(Long.toString(blob.size()));
        }
    }

    /**
     * Uploads a blob unless the repository has it: a session is opened and the whole blob put there at once.
     *
     * @return whether it was sent
     */
    public boolean uploadBlob(Descriptor blob, ByteSource source) {
        if (hasBlob(blob)) {
            return false;
        }
        HttpUrl place = uploadPlace()
                .newBuilder()
                .addQueryParameter("digest", blob.digest().toString())
                .build();
        Request put =
                new Request.Builder().url(place).put(new BlobBody(blob, source)).build();
        try (Response response = session.send(put)) {
            if (response.code() == 404) {
                throw Explain.answered(
                        BuildRefused.because(explain.registry() + " has lost the upload that it opened.")
                                .todo("push again"),
                        response);
            }
            if (response.code() != 201) {
                throw explain.unexpected(
                        response, "uploading the blob " + blob.digest() + " (" + blob.size() + " bytes)");
            }
            checkStored(blob.digest(), response);
        }
        tally.count(Work.BLOBS_UPLOADED);
        return true;
    }

    /** Puts a manifest, by its digest or under a tag; all that it refers to must have been uploaded before. */
    public void putManifest(Manifest manifest, String identifier) {
        Request put = new Request.Builder()
                .url(session.url("manifests/" + identifier))
                .put(RequestBody.create(manifest.bytes(), MediaType.get(manifest.mediaType())))
                .build();
        try (Response response = session.send(put)) {
            if (!response.isSuccessful()) {
                throw explain.unexpected(response, "uploading the manifest of " + name(identifier));
            }
            checkStored(manifest.digest(), response);
        }
        tally.count(Work.MANIFESTS_UPLOADED);
    }

    /** Opens an upload session; its address may be relative, at another host, and hold a query to be kept as it is. */
    private HttpUrl uploadPlace() {
        Request post = new Request.Builder()
                .url(session.url("blobs/uploads/"))
                .post(RequestBody.create(new byte[0], null))
                .build();
        try (Response response = session.send(post)) {
            if (response.code() != 202) {
                throw explain.unexpected(response, "opening an upload to \"" + explain.repository() + "\"");
            }
            HttpUrl asked = response.request().url();
            String location = response.header("Location", "");
            HttpUrl place = location.isEmpty() ? null : asked.resolve(location);
            if (place == null) {
                throw BuildRefused.because(explain.registry() + " opened an upload and did not say where.")
                        .why("its Location is \"" + RedactedUrl.of(location) + "\"");
            }
            if (asked.isHttps() && !place.isHttps() && !session.endpoint().asked()) {
                throw BuildRefused.because(explain.registry() + " wants the upload over plain HTTP.")
                        .why("its Location is " + RedactedUrl.of(place) + ", in an answer over https")
                        .todo("let the proxy in front of it tell it the scheme: X-Forwarded-Proto: https");
            }
            return place;
        }
    }

    private void checkStored(Digest sent, Response response) {
        String stored = response.header("Docker-Content-Digest");
        if (stored != null && !parsed(stored, response).equals(sent)) {
            throw ContentMismatch.of(
                            "What " + explain.registry() + " stored", "its digest is " + stored + " instead of " + sent)
                    .in(where(response));
        }
    }

    private static Digest parsed(String header, Response response) {
        try {
            return Digest.parse(header);
        } catch (BuildRefused notOne) {
            throw notOne.in("Docker-Content-Digest").in(where(response));
        }
    }

    private static String where(Response response) {
        return response.request().method() + " "
                + RedactedUrl.of(response.request().url());
    }

    private Request.Builder manifestRequest(String identifier) {
        return new Request.Builder()
                .url(session.url("manifests/" + identifier))
                .header("Accept", String.join(", ", MediaTypes.MANIFESTS));
    }

    private Request.Builder blobRequest(Descriptor blob) {
        return new Request.Builder().url(session.url("blobs/" + blob.digest()));
    }

    private String name(String identifier) {
        return explain.registry() + "/" + explain.repository() + (isDigest(identifier) ? "@" : ":") + identifier;
    }

    private static boolean isDigest(String identifier) {
        return identifier.indexOf(':') >= 0;
    }
}
