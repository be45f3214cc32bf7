using MassTransit;
using Microblog.ServiceDefaults.ClientApi;

namespace Microblog.Ingest;

/// <summary>What Ingest listens to: nothing but revoked tokens. It accepts, and publishes.</summary>
internal static class IngestConsumers
{
    public static void Add(IBusRegistrationConfigurator bus) => ClientApiConsumers.Add(bus);
}
