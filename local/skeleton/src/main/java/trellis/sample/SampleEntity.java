package trellis.sample;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "samples")
class SampleEntity {

    @Id
    long productId;

    String name;

    SampleEntity() {}

    SampleEntity(Sample sample) {
        productId = sample.productId();
        name = sample.name();
    }

    Sample toSample() {
        return new Sample(productId, name);
    }
}
