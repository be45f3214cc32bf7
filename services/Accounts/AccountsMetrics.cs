using System.Diagnostics.Metrics;

namespace Microblog.Accounts;

/// <summary>Every number this service reports, one method per business event.</summary>
internal sealed class AccountsMetrics
{
    private readonly Counter<long> _signUps;
    private readonly Counter<long> _logins;
    private readonly Counter<long> _indexRebuilds;
    private readonly Counter<long> _reports;

    public AccountsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Microblog.Accounts");
        _signUps = meter.CreateCounter<long>("microblog.accounts.sign_ups", description: "Accounts created.");
        _logins = meter.CreateCounter<long>("microblog.accounts.logins", description: "Passwords tried.");
        _indexRebuilds = meter.CreateCounter<long>(
            "microblog.accounts.index_rebuilds",
            description: "Times the index of names was written anew because Redis had lost it.");
        _reports = meter.CreateCounter<long>("microblog.accounts.reports", description: "Reports about people.");
    }

    public void SignedUp() => _signUps.Add(1);

    public void LoginTried(bool isAccepted) =>
        _logins.Add(1, new KeyValuePair<string, object?>("accepted", isAccepted));

    public void IndexRebuilt() => _indexRebuilds.Add(1);

    public void Reported() => _reports.Add(1);
}
