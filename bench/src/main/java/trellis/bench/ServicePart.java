package trellis.bench;

import java.net.URI;
import trellis.local.Landscape;
import trellis.local.ServiceProcess;

/** A service of the landscape. */
final class ServicePart implements Contender.Part {
    private final String name;
    private final URI page;
    private final ServiceProcess service;

    ServicePart(Landscape landscape, String name, String page) {
        this.name = name;
        this.page = landscape.address(name).resolve(page);
        service = landscape.service(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI page() {
        return page;
    }

    @Override
    public void start() {
        service.start();
    }

    @Override
    public void stop() {
        service.stop();
    }

    @Override
    public ProcessHandle process() {
        return service.process();
    }
}
