package trellis.chassis.http;

import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A minimal service that covers what the chassis handles. */
@Path("/things")
@Produces(MediaType.APPLICATION_JSON)
class Things {

    record Thing(@NotNull String name, Integer size, List<@Valid Part> parts) {}

    record Part(@NotNull Long id) {}

    static class NoSuchThing extends NotFound {
        NoSuchThing() {
            super("No thing found");
        }
    }

    static final AtomicInteger READS = new AtomicInteger();

    private final EntityTags tags;

    Things(EntityTags tags) {
        this.tags = tags;
    }

    @GET
    public Uni<List<Thing>> things() {
        return Uni.createFrom().item(List.of());
    }

    @GET
    @Path("/{id}")
    public Uni<Response> thing(
            @PathParam("id") Long id,
            @QueryParam("limit") @DefaultValue("1") Integer limit,
            @Context HttpHeaders headers) {
        READS.incrementAndGet();
        return switch (id.intValue()) {
            case 404 -> Uni.createFrom().failure(new NoSuchThing());
            case 503 ->
                Uni.createFrom().failure(new Unavailable("The things are unavailable", new RuntimeException("gone")));
            case 500 -> Uni.createFrom().failure(new IllegalStateException("trellis.Secret"));
            default -> {
                Rules.requireId("id", id);
                yield Uni.createFrom()
                        .item(tags.answer(Map.of("id", id), headers).build());
            }
        };
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Thing> replace(@PathParam("id") Long id, @Valid Thing thing) {
        return Uni.createFrom().item(thing);
    }
}
