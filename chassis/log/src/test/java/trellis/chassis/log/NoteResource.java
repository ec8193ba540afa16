package trellis.chassis.log;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.Optional;

@Path("/notes/{productId}")
class NoteResource {

    private final NoteUpdates notes;

    NoteResource(NoteUpdates notes) {
        this.notes = notes;
    }

    @GET
    public Uni<Map<String, Object>> note(@PathParam("productId") Long productId) {
        return Store.read(() -> notes.findById(productId))
                .onItem()
                .ifNull()
                .failWith(NotFoundException::new)
                .map(note -> Map.of(
                        "text",
                        note.text,
                        "stars",
                        note.stars,
                        "author",
                        Optional.ofNullable(note.author),
                        "year",
                        Optional.ofNullable(note.year)));
    }
}
