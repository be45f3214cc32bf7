using System.Buffers.Binary;
using System.Diagnostics;
using Microblog.Accounts.Storage;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.Tests.Storage;

public sealed class PasswordsTests
{
    private const int Sha512 = 2;
    private const int AdvisedIterations = 210_000;
    private const string Password = "a long enough password";

    [Fact]
    public async Task A_hash_costs_what_is_advised_unless_set()
    {
        using var passwords = new Passwords(Options.Create(new AccountsOptions()));

        // ASP.NET's own format: a version, the function, the rounds, the length of the salt, each in network order.
        var hash = Convert.FromBase64String(await passwords.Hash(Password, CancellationToken.None)).AsSpan();

        Assert.Equal(Sha512, BinaryPrimitives.ReadInt32BigEndian(hash[1..]));
        Assert.Equal(AdvisedIterations, BinaryPrimitives.ReadInt32BigEndian(hash[5..]));
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(hash[9..]) >= 16);
    }

    [Fact]
    public async Task Nobodys_password_takes_as_long_as_a_wrong_one()
    {
        const int Tries = 9;
        using var passwords = new Passwords(Options.Create(new AccountsOptions { PasswordIterations = 50_000 }));
        var hash = await passwords.Hash(Password, CancellationToken.None);
        var (wrong, nobodys) = (new List<TimeSpan>(), new List<TimeSpan>());

        // In turns, so that whatever else the machine does falls on both.
        for (var i = 0; i < Tries; i++)
        {
            wrong.Add(await Time(passwords, hash));
            nobodys.Add(await Time(passwords, hash: null));
        }

        Assert.InRange(Median(nobodys) / Median(wrong), 0.5, 2);
    }

    private static async Task<TimeSpan> Time(Passwords passwords, string? hash)
    {
        var started = Stopwatch.GetTimestamp();
        await passwords.Verify(hash, "something else", CancellationToken.None);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
