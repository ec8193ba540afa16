package trellis.chassis.log;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The data of a minimal service that reads the log: one text per product. */
@Entity
class Note {

    @Id
    long productId;

    String text;
    int stars;
    String author;
    Integer year;

    Note() {}

    Note(NoteUpdates.State state) {
        productId = state.productId();
        text = state.text();
        stars = state.stars();
        author = state.author().orElse(null);
        year = state.year().orElse(null);
    }
}
