package trellis.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** One of the three that read from a database. */
final class BaselineNeighbour extends AbstractVerticle {
    private static final int CONNECTIONS = 10; // in total, as in a service; with more than ten cores, one for each

    /** The query of each; the SQL is what Hibernate generates. */
    enum Question {
        product("select name,weight,product_id from product where product_id=$1", "name", "weight"),
        recommendation(
                "select product_id,recommendation_id,author,content,rate from recommendation"
                        + " where product_id=$1 and rate>=0 order by recommendation_id",
                "author",
                "rate",
                "content"),
        review(
                "select product_id,review_id,author,content,subject from review where product_id=$1 order by review_id",
                "author",
                "subject",
                "content");

        private final String sql;
        private final List<String> texts;

        Question(String sql, String... texts) {
            this.sql = sql;
            this.texts = List.of(texts);
        }

        private JsonObject answer(RowSet<Row> rows) {
            if (this == product) {
                return json(rows.iterator().next());
            }
            var list = new JsonArray();
            rows.forEach(row -> list.add(json(row)));
            return new JsonObject().put(name() + "s", list);
        }

        private JsonObject json(Row row) {
            var json = new JsonObject().put(name() + "Id", row.getLong(name() + "_id"));
            texts.forEach(text -> json.put(text, row.getValue(text)));
            return json;
        }
    }

    private final Question question;
    private final int port;
    private final String database;
    private Pool pool;

    BaselineNeighbour(Question question, int port, String database) {
        this.question = question;
        this.port = port;
        this.database = database;
    }

    @Override
    public void start(Promise<Void> started) {
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(PgConnectOptions.fromUri(database).setCachePreparedStatements(true))
                .with(new PoolOptions()
                        .setMaxSize(
                                Math.max(1, CONNECTIONS / Runtime.getRuntime().availableProcessors())))
                .build();
        vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        long productId = Long.parseLong(request.path().substring(1));
        pool.preparedQuery(question.sql)
                .execute(Tuple.of(productId))
                .onSuccess(rows -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(question.answer(rows).toBuffer()))
                .onFailure(failure -> request.response().setStatusCode(503).end(failure.toString()));
    }
}
