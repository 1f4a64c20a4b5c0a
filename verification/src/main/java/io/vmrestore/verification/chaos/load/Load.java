package io.vmrestore.verification.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Some clients at work at the same time, until they are told to stop. */
public final class Load {
    private final Client client;
    private final Journal journal;
    private final Wishes wishes;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    public Load(Client client, Journal journal, Wishes wishes, long seed) {
        this.client = client;
        this.journal = journal;
        this.wishes = wishes;
        this.seed = seed;
    }

    /** Signs in and starts the clients. */
    public void start(int customers) throws InterruptedException {
        while (client.login().status() != 200) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        for (int number = 0; number < customers; number++) {
            Customer customer = new Customer(client, journal, seed + number, () -> open);
            threads.add(Thread.ofVirtual().name("customer-" + number).start(() -> work(customer)));
        }
    }

    /** Begins no further restore, and waits until nobody asks for anything any more. */
    public void stop() throws InterruptedException {
        open = false;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void work(Customer customer) {
        try {
            while (open) {
                customer.want(wishes.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            journal.wrong("A client did not understand an answer: " + e);
        }
    }
}
