package io.vmrestore.support.listener;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ipfilter.AbstractRemoteAddressFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections up to a number in all and of one address, and closes the others before they cost anything. Where
 * addresses are told apart, one takes another connection only while it has fewer than a third of as many as are free:
 * so the next address finds room, however greedy those before it were.
 */
@Sharable
final class ConnectionLimits extends AbstractRemoteAddressFilter<InetSocketAddress> {
    private static final int FAIR = 3;

    private final int most;
    private final int mostPerAddress;
    private final Predicate<InetAddress> ofMany;
    private final Consumer<String> refused;
    private final Map<InetAddress, Integer> open = new HashMap<>();
    private int total;

    /**
     * @param mostPerAddress no less than {@code most}: addresses are not told apart
     * @param ofMany whether an address is one that many clients come from, such as a trusted proxy; only the total
     *     limits it
     * @param refused is told of each connection that is refused: by which limit
     */
    ConnectionLimits(int most, int mostPerAddress, Predicate<InetAddress> ofMany, Consumer<String> refused) {
        this.ofMany = ofMany;
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.refused = refused;
    }

    synchronized int open() {
        return total;
    }

    @Override
    protected boolean accept(ChannelHandlerContext ctx, InetSocketAddress remote) {
        InetAddress address = ClientAddress.network(remote.getAddress());
        String limit = take(address, mostPerAddress < most && !ofMany.test(remote.getAddress()));
        if (limit != null) {
            refused.accept(limit);
            return false;
        }
        ctx.channel().closeFuture().addListener(_ -> giveBack(address));
        return true;
    }

    @Override
    protected @Nullable ChannelFuture channelRejected(ChannelHandlerContext ctx, InetSocketAddress remote) {
        return ctx.channel().close();
    }

    private synchronized @Nullable String take(InetAddress address, boolean toldApart) {
        int mine = open.getOrDefault(address, 0);
        if (total >= most) {
            return "connections";
        }
        if (toldApart && (mine >= mostPerAddress || FAIR * mine >= most - total)) {
            return "connections-per-address";
        }
        open.put(address, mine + 1);
        total++;
        return null;
    }

    private synchronized void giveBack(InetAddress address) {
        open.computeIfPresent(address, (_, number) -> number == 1 ? null : number - 1);
        total--;
    }
}
