package trellis.product;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "product")
class ProductEntity {

    @Id
    long productId;

    String name;
    int weight;

    ProductEntity() {}

    ProductEntity(Product product) {
        productId = product.productId();
        name = product.name();
        weight = product.weight();
    }

    Product toProduct() {
        return new Product(productId, name, weight);
    }
}
