package trellis.e2e;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Resolves the host names of landscapes in a cluster, as {@code /etc/hosts} would; the JVM finds it by META-INF/services. */
public final class Hosts extends InetAddressResolverProvider {
    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

    /** @param address an IP address or another host name */
    static void put(String name, String address) {
        ADDRESSES.put(name, address);
    }

    static String of(String name) {
        return ADDRESSES.get(name);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver others = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                String address = ADDRESSES.get(host);
                return address == null
                        ? others.lookupByName(host, policy)
                        : others.lookupByName(address, policy).map(found -> named(host, found));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return others.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "hosts of landscapes";
    }

    /** Otherwise the name of the address would be checked against the certificate. */
    private static InetAddress named(String host, InetAddress address) {
        try {
            return InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
