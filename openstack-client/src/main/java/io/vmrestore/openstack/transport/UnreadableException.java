package io.vmrestore.openstack.transport;

/** Something in an answer lacks what nobody can do without, such as its id; the message says what. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
