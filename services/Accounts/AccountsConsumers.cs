using MassTransit;
using Microblog.Accounts.AnswerQuestions;
using Microblog.Accounts.KeepSnapshots;
using Microblog.Accounts.RevokeToken;
using Microblog.Accounts.Suspend;
using Microblog.Contracts.Accounts;
using Microblog.ServiceDefaults.ClientApi;
using Microblog.ServiceDefaults.Messaging;

namespace Microblog.Accounts;

/// <summary>What Accounts listens to.</summary>
internal static class AccountsConsumers
{
    public static void Add(IBusRegistrationConfigurator bus)
    {
        ClientApiConsumers.Add(bus);
        bus.Answer<GetAccountsConsumer, GetAccounts>();
        bus.Answer<ResolveNamesConsumer, ResolveNames>();
        bus.Answer<FindAccountsConsumer, FindAccounts>();
        bus.Answer<ListRevokedTokensConsumer, ListRevokedTokens>();
        bus.Answer<SuspendPersonConsumer, SuspendAccount>();
        bus.Answer<UnsuspendPersonConsumer, UnsuspendAccount>();
        bus.Listen<WriteSnapshotConsumer, ProfileChanged>();
        bus.Listen<RememberRevocationConsumer, TokenRevoked>();
    }
}
