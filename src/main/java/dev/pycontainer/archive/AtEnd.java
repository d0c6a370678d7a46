package dev.pycontainer.archive;

/** Looks at no content; something is done when all before it is judged. */
record AtEnd(Runnable then) implements ContentCheck {

    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public void finish() {
        then.run();
    }
}
