package trellis.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.HexFormat;

/**
 * The first message of a TLS connection, written here since the JDK no longer speaks the old versions.
 *
 * @param version the highest that the client says it speaks: 3.0 of SSL, or 1.0, 1.1, 1.2
 */
record ClientHello(String version) {
    enum Answer {
        ACCEPTED,
        REFUSED
    }

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;

    /** Of each version: RFC 8422, RFC 5246. */
    private static final String CIPHERS = "c02fc030c02bc02cc013c014c009c00a009c002f0035000a00ff";

    /** Curves, point formats and signatures, as any client sends them. */
    private static final String EXTENSIONS =
            "000a00080006001d00170018" + "000b00020100" + "000d000e000c040105010601040302010203";

    /** By RFC 5246, sections 7.2 and 7.3: the server either goes on or closes the connection, perhaps after an alert. */
    Answer sentTo(URI address) throws IOException {
        int port = address.getPort() < 0 ? 443 : address.getPort();
        try (var socket = new Socket(address.getHost(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(bytes(address.getHost()));
            int type = new DataInputStream(socket.getInputStream()).read();
            if (type == HANDSHAKE) {
                return Answer.ACCEPTED;
            }
            if (type == ALERT || type < 0) {
                return Answer.REFUSED;
            }
            throw new IOException("Record type " + type);
        } catch (SocketException e) {
            return Answer.REFUSED; // reset
        }
    }

    private byte[] bytes(String host) throws IOException {
        byte[] name = host.getBytes(US_ASCII);
        int major = 3;
        int minor = version.equals("3.0") ? 0 : 1 + Integer.parseInt(version.substring(2));
        byte[] ciphers = HexFormat.of().parseHex(CIPHERS);
        byte[] extensions = HexFormat.of().parseHex(EXTENSIONS);

        var hello = new ByteArrayOutputStream();
        var out = new DataOutputStream(hello);
        out.write(major);
        out.write(minor);
        out.write(new byte[32]); // the random bytes of a client that needs no secrecy
        out.write(0); // no session
        out.writeShort(ciphers.length);
        out.write(ciphers);
        out.write(1);
        out.write(0); // no compression
        out.writeShort(extensions.length + 9 + name.length);
        out.writeShort(0); // the server's name
        out.writeShort(name.length + 5);
        out.writeShort(name.length + 3);
        out.write(0);
        out.writeShort(name.length);
        out.write(name);
        out.write(extensions);

        var record = new ByteArrayOutputStream();
        out = new DataOutputStream(record);
        out.write(HANDSHAKE);
        out.write(major);
        out.write(Math.min(minor, 1));
        out.writeShort(hello.size() + 4);
        out.write(1);
        out.write(0);
        out.writeShort(hello.size());
        hello.writeTo(out);
        return record.toByteArray();
    }
}
