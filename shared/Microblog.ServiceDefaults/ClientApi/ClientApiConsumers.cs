using MassTransit;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.ClientApi.Tokens;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>What every process that accepts tokens listens to.</summary>
public static class ClientApiConsumers
{
    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.ListenPerProcess<ForgetTokenConsumer, TokenRevoked>();
    }
}
