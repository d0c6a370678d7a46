package dev.pycontainer.packaging.lock;

import dev.pycontainer.http.Login;

/**
 * A login that a lock takes from the environment, for the host of one URL and no other.
 *
 * @param url without credentials
 */
public record LockCredentials(String url, Login login) {}
