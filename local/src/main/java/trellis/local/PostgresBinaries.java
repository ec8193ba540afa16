package trellis.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, from the class path, unpacked once per user. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    static synchronized Path folder() { // once for all three servers
        return folder(cache());
    }

    /**
     * @param cache the folder that they are unpacked to, unless they are there; other processes may do the same at
     *      this moment
     */
    static Path folder(Path cache) {
        String archive = archive();
        var resource = PostgresBinaries.class.getResource(archive);
        if (resource == null) {
            throw new IllegalStateException("The class path has no PostgreSQL for this machine: " + archive);
        }
        try {
            // the jar's name contains PostgreSQL's version
            String jar = resource.getPath().replaceAll(".*/([^/]+)\\.jar!.*", "$1");
            Path folder = cache.resolve(jar);
            if (!Files.isDirectory(folder)) {
                Path fresh = Files.createTempDirectory(Files.createDirectories(folder.getParent()), jar);
                try (InputStream in = resource.openStream()) {
                    unpack(in, fresh);
                }
                publish(fresh, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL can't be unpacked into " + cache + ": " + e, e);
        }
    }

    private static void publish(Path fresh, Path folder) throws IOException {
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            Folders.delete(fresh); // another process was faster
        }
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        var tar = new TarArchiveInputStream(new XZInputStream(archive));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = folder.resolve(entry.getName());
            Files.createDirectories(entry.isDirectory() ? target : target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.copy(tar, target);
                if ((entry.getMode() & 0100) != 0) {
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base = given != null ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("trellis");
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").replace("amd64", "x86_64").replace("aarch64", "arm_64");
        return "/postgres-" + system + "-" + arch + ".txz";
    }
}
